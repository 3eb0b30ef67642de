import plotStyles from '../plot.module.css';
import type { PlotArea } from '../plot-area.ts';
import type { Category, Rule, ValueAxis } from './panel.ts';
import type { ValueScale } from './value-scale.ts';

const TICK_ROOM = 64;

interface PanelAxesProps {
  readonly plotArea: PlotArea;
  readonly scale: ValueScale;
  readonly axis: ValueAxis;
  readonly categories: readonly Category[];
  readonly x: (at: number) => number;
  readonly rules: readonly Rule[];
}

/** Grid lines with their values, positions below, and the levels to compare with. */
export function PanelAxes({ plotArea, scale, axis, categories, x, rules }: PanelAxesProps) {
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

/** The stops that get a tick, at most `most`: the first, the last and evenly spaced ones between them. */
export function tickedCategories(categories: readonly Category[], most: number): readonly Category[] {
  const last = categories.length - 1;
  const stride = Math.max(1, Math.ceil(last / Math.max(1, most - 1)));
  // One that stands close to the last makes room for it.
  return categories.filter((_, index) => index === last || (index % stride === 0 && last - index >= 0.6 * stride));
}
