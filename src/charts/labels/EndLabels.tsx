import { netClass, netStyle } from '../tone.ts';
import type { BaselineLabel, EndLabel } from './end-labels.ts';

interface EndLabelsProps {
  readonly ends: readonly EndLabel[];
  readonly base: BaselineLabel | null;
  readonly hot: string | null;
}

/** Names and numbers where the lines end. Words beside lines spare the eyes the way to a legend. */
export function EndLabels({ ends, base, hot }: EndLabelsProps) {
  return (
    <g>
      {ends.map(({ series, ends: here, name, value, x0, y0, x, y }) => (
        <g
          key={series.id}
          className={`end ${series.past ? 'past ' : ''}${netClass(series.family)}${hot === series.id ? ' hot' : ''}`}
          style={netStyle(series.tone)}
        >
          <path className="lead" d={`M${x0 + 5} ${y0}L${x - 2} ${y}`} />
          {here && series.diverged === undefined && <circle className="dot" r={3.5} cx={x0} cy={y0} />}
          {here && series.diverged !== undefined && (
            <path className="stop" d={`M${x0 - 3.5} ${y0 - 3.5}l7 7m0 -7l-7 7`} />
          )}
          <text className="name" x={x} y={y + 4}>
            <tspan>{name}</tspan>
            <tspan dx={5}>{value}</tspan>
            {name === series.name ? null : <title>{series.name}</title>}
          </text>
        </g>
      ))}
      {base && (
        <text x={base.x} y={base.y + 4}>
          <tspan>{base.text}</tspan>
          <tspan dx={5}>{base.value}</tspan>
        </text>
      )}
    </g>
  );
}
