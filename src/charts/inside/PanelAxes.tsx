import type { Frame } from '../frame.ts';
import type { Rule, Stop, ValueAxis } from './panel.ts';
import { tickStops } from './values/tick-stops.ts';
import type { ValueScale } from './values/value-scale.ts';

const TICK_ROOM = 64;

interface PanelAxesProps {
  readonly frame: Frame;
  readonly scale: ValueScale;
  readonly axis: ValueAxis;
  readonly stops: readonly Stop[];
  readonly x: (at: number) => number;
  readonly rules: readonly Rule[];
}

/** Grid lines with their values, positions below, and the levels to compare with. */
export function PanelAxes({ frame, scale, axis, stops, x, rules }: PanelAxesProps) {
  const { left, right, top, bottom, height } = frame;
  const last = scale.ticks.at(-1);
  const ticks = tickStops(stops, Math.floor((right - left) / TICK_ROOM) + 1);
  return (
    <g>
      {scale.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${Math.round(scale.y(tick))})`}>
          <line className="grid-line" x1={left} x2={right} />
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
        return <line key={`${at} ${text}`} className="baseline" x1={left} x2={right} y1={y} y2={y} />;
      })}
    </g>
  );
}
