import '../figure.css';
import { useState } from 'react';
import { BarsPlot } from './BarsPlot.tsx';
import { LinesPlot } from './LinesPlot.tsx';
import type { BarPanel, Panel } from './panel.ts';
import panelsStyles from './panels.module.css';

interface LinesPanelsProps {
  readonly panels: readonly Panel[];
  readonly width: number;
  readonly height: number;
  /** Whether the first panel has a row of its own above the others, and alone names the nets. */
  readonly led?: boolean;
  readonly label: string;
}

const GAP = 16;
/** Below this width panels stand one under the other. */
const NARROW = 440;

/** Panels of one figure, side by side where there is room. Those of one row share the crosshair. */
export function LinesPanels({ panels, width, height, led = false, label }: LinesPanelsProps) {
  const [at, setAt] = useState<number | null>(null);
  const beside = led ? panels.length - 1 : panels.length;
  const columns = width < NARROW ? 1 : Math.max(1, beside);
  const narrow = Math.floor((width - GAP * (columns - 1)) / columns);
  const low = led ? Math.round(height * 0.65) : height;
  return (
    <div className={panelsStyles.panels}>
      {panels.map((panel, index) => (
        <LinesPlot
          key={panel.key}
          panel={panel}
          width={led && index === 0 ? width : narrow}
          height={led && index === 0 ? height : low}
          at={at}
          onAt={setAt}
          label={label}
          named={!led || index === 0}
        />
      ))}
    </div>
  );
}

interface BarPanelsProps {
  readonly panels: readonly BarPanel[];
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly named: boolean;
}

/** Panels of bars over the same positions, side by side. */
export function BarPanels({ panels, width, height, label, named }: BarPanelsProps) {
  const [at, setAt] = useState<number | null>(null);
  const narrow = Math.floor((width - GAP * (panels.length - 1)) / Math.max(1, panels.length));
  return (
    <div className={panelsStyles.panels}>
      {panels.map((panel) => (
        <BarsPlot
          key={panel.key}
          panel={panel}
          width={narrow}
          height={height}
          at={at}
          onAt={setAt}
          label={label}
          named={named}
        />
      ))}
    </div>
  );
}
