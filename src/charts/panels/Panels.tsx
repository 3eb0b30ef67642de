import '../figure.css';
import { Fragment, type ReactNode, useState } from 'react';
import { BarsPlot } from './BarsPlot.tsx';
import { LinesPlot } from './LinesPlot.tsx';
import type { PanelPlotProps } from './PanelFrame.tsx';
import type { BarPanel, Panel } from './panel.ts';
import panelsStyles from './panels.module.css';

interface PanelsProps<Shown> {
  readonly panels: readonly Shown[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

interface LinesPanelsProps extends PanelsProps<Panel> {
  /** Whether the first panel has a row of its own above the others, and alone names the nets. */
  readonly led?: boolean;
}

/** Panels of lines of one figure. */
export function LinesPanels({ led = false, ...row }: LinesPanelsProps) {
  return <PanelRow {...row} led={led} named draw={(panel, plot) => <LinesPlot {...plot} panel={panel} />} />;
}

interface BarPanelsProps extends PanelsProps<BarPanel> {
  readonly named: boolean;
}

/** Panels of bars over the same positions. */
export function BarPanels(row: BarPanelsProps) {
  return <PanelRow {...row} led={false} draw={(panel, plot) => <BarsPlot {...plot} panel={panel} />} />;
}

const GAP = 16;
/** Below this width panels stand one under the other. */
const NARROW = 440;

interface PanelRowProps<Shown> extends PanelsProps<Shown> {
  readonly led: boolean;
  readonly named: boolean;
  readonly draw: (panel: Shown, plot: PanelPlotProps) => ReactNode;
}

/** Panels of one figure, side by side where there is room. They share the crosshair. */
function PanelRow<Shown extends { readonly key: string }>(props: PanelRowProps<Shown>) {
  const { panels, width, height, label, led, named, draw } = props;
  const [at, setAt] = useState<number | null>(null);
  const beside = led ? panels.length - 1 : panels.length;
  const columns = width < NARROW ? 1 : Math.max(1, beside);
  const narrow = Math.floor((width - GAP * (columns - 1)) / columns);
  const low = led ? Math.round(height * 0.65) : height;
  return (
    <div className={panelsStyles.panels}>
      {panels.map((panel, index) => {
        const leads = led && index === 0;
        const size = leads ? { width, height } : { width: narrow, height: low };
        return (
          <Fragment key={panel.key}>
            {draw(panel, { ...size, at, onAt: setAt, label, named: named && (leads || !led) })}
          </Fragment>
        );
      })}
    </div>
  );
}
