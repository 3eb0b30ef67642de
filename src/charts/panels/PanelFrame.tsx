import type { ReactNode } from 'react';
import { say } from '../../language/say.ts';
import { fitText } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import { type PlotArea, panelAreaOf } from '../plot-area.ts';
import { endRoom, WORD_SIZE } from './EndWords.tsx';
import { PlotPointer } from './PlotPointer.tsx';
import type { BarPanel, Category, Panel } from './panel.ts';
import panelsStyles from './panels.module.css';
import { ariaRows, type TipRow, ValueTip } from './ValueTip.tsx';
import { type ValueScale, valueScale } from './value-scale.ts';

/** The size of a plot of a panel, and its crosshair. */
export interface PanelPlotProps {
  readonly width: number;
  readonly height: number;
  /** The category under the crosshair, counted from 0; panels of one figure share it. */
  readonly at: number | null;
  readonly onAt: (at: number | null) => void;
  /** The accessible name of the crosshair. */
  readonly label: string;
  /** Whether names stand at the lines' ends; small multiples name them once. */
  readonly named: boolean;
}

type AxesOfPanel = Pick<Panel | BarPanel, 'title' | 'categories' | 'y' | 'rules'>;

/** Where the plot of a panel is, with room for the `words` at its right. */
export function panelArea(panel: AxesOfPanel, words: readonly string[], props: PanelPlotProps): PlotArea {
  const { width, height, named } = props;
  const texts = named ? [...words, ...panel.rules.map(({ text }) => text)] : [];
  return panelAreaOf(width, height, endRoom(texts, width), panel.title !== '');
}

/** The vertical scale of a panel, which holds its values and its rules. */
export function panelScale({ y, rules }: AxesOfPanel, values: readonly number[], plotArea: PlotArea): ValueScale {
  const include = [...y.include, ...rules.map(({ at }) => at)];
  return valueScale({ ...y, include }, values, plotArea.bottom, plotArea.top);
}

interface PanelFrameProps extends PanelPlotProps {
  readonly panel: AxesOfPanel;
  readonly plotArea: PlotArea;
  readonly scale: ValueScale;
  readonly x: (at: number) => number;
  /** What is at the crosshair, in the order of the tooltip. */
  readonly rows: readonly TipRow[];
  /** Drawn behind the axes. */
  readonly behind?: ReactNode;
  readonly children: ReactNode;
}

/** A panel's title, axes and crosshair around what it shows. */
export function PanelFrame({ panel, plotArea, scale, x, rows, behind, children, ...props }: PanelFrameProps) {
  const { title, categories } = panel;
  const { width, height, at, onAt, label } = props;
  const category = at === null ? undefined : categories[at];
  return (
    <div className={plotStyles.plot} style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true">
        {title && (
          <text className={panelsStyles.panelTitle} x={0} y={10}>
            {fitText(title, width, WORD_SIZE)}
          </text>
        )}
        {behind}
        <PanelAxes panel={panel} plotArea={plotArea} scale={scale} x={x} />
        {children}
      </svg>
      <PlotPointer
        places={categories.map((each) => x(each.at))}
        at={at}
        onAt={onAt}
        label={title ? say('charts.titled', { figure: label, title }) : label}
        text={category === undefined ? '–' : ariaRows(category.name, rows)}
      />
      {category !== undefined && <ValueTip title={category.name} x={x(category.at)} rows={rows} plotArea={plotArea} />}
    </div>
  );
}

const TICK_ROOM = 64;

type PanelAxesProps = Pick<PanelFrameProps, 'panel' | 'plotArea' | 'scale' | 'x'>;

/** Grid lines with their values, positions below, and the levels to compare with. */
function PanelAxes({ panel, plotArea, scale, x }: PanelAxesProps) {
  const { categories, y: axis, rules } = panel;
  const { left, right, top, bottom, height } = plotArea;
  const last = scale.ticks.at(-1);
  const ticks = tickedCategories(categories, Math.floor((right - left) / TICK_ROOM) + 1);
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(scale.y(tick))})`}>
          <line className={plotStyles.gridLine} x1={left} x2={right} />
          <text x={left - 8} y={4} textAnchor="end">
            {`${axis.format(tick)}${tick === last ? axis.unit : ''}`}
          </text>
        </g>
      ))}
      {ticks.map(({ at, tick }, index) => (
        <text
          key={at}
          x={index === 0 ? Math.min(x(at), left + 8) : x(at)}
          y={height - 6}
          textAnchor={index === 0 ? 'start' : 'middle'}
        >
          {tick}
        </text>
      ))}
      {rules.map(({ at, text }) => {
        const y = Math.max(top, Math.min(bottom, scale.y(at)));
        return <line key={`${at} ${text}`} className={plotStyles.baseline} x1={left} x2={right} y1={y} y2={y} />;
      })}
    </g>
  );
}

/** The categories that get a tick, at most `most`: the first, the last and evenly spaced ones between them. */
export function tickedCategories(categories: readonly Category[], most: number): readonly Category[] {
  const last = categories.length - 1;
  const stride = Math.max(1, Math.ceil(last / Math.max(1, most - 1)));
  // One that stands close to the last makes room for it.
  return categories.filter((_, index) => index === last || (index % stride === 0 && last - index >= 0.6 * stride));
}
