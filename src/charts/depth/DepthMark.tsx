import { netClass, netStyle } from '../tone.ts';
import type { PlacedPoint } from './depth-labels.ts';
import { kindOf } from './depth-points.ts';

interface DepthMarkProps {
  readonly point: PlacedPoint;
  readonly hot: boolean;
  readonly onHot: (id: string | null) => void;
}

/**
 * A lane: a square for a plain net, a circle for a residual one, a diamond for one whose shortcuts were changed; hollow
 * once it has diverged; a whisker from its highest seed to its lowest.
 */
export function DepthMark({ point: { series, x, y, top, bottom, stopped }, hot, onHot }: DepthMarkProps) {
  const className = `dot ${stopped ? 'hollow' : ''}`;
  const kind = kindOf(series);
  return (
    <g
      className={`point ${netClass(series.family)}${hot ? ' hot' : ''}`}
      style={netStyle(series.tone)}
      onPointerEnter={() => onHot(series.id)}
      onPointerLeave={() => onHot(null)}
    >
      <circle className="hit" r={12} cx={x} cy={y} />
      {bottom > top && <path className="whisker" d={`M${x - 4} ${top}h8m-4 0V${bottom}m-4 0h8`} />}
      {kind === 'plain' && <rect className={className} x={x - 5} y={y - 5} width={10} height={10} rx={2} />}
      {kind === 'residual' && <circle className={className} r={5.5} cx={x} cy={y} />}
      {kind === null && <path className={className} d={`M${x} ${y - 7}l7 7l-7 7l-7 -7Z`} />}
    </g>
  );
}
