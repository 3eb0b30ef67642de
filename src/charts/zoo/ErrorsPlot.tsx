import { extent, format, pairs, scaleLinear, scaleLog } from 'd3';
import { depthLightness, netClass, netStyle } from '../colours.ts';
import { leaderTo, placeLabels, type Rect, type Side } from '../labels/placement.ts';
import { textWidth } from '../labels/text-width.ts';
import type { Family } from '../series/series.ts';
import zooStyles from './zoo.module.css';

/** A net's error over what it costs. */
export interface ErrorPoint {
  readonly name: string;
  readonly family: Family;
  readonly depth: number;
  readonly cost: number;
  readonly error: number;
  /** Standard error, drawn to both sides; left out where none is known. */
  readonly spread?: number;
  /** Points that belong together are joined, in the order of their costs. */
  readonly joined: boolean;
}

interface ErrorsPlotProps {
  readonly points: readonly ErrorPoint[];
  /** Costs far apart in number are counted by ratio. */
  readonly log: boolean;
  readonly axis: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
}

const FRAME = { left: 38, right: 66, top: 12, bottom: 28 } as const;
const WORD = 11;
/** From a point to its name, if nothing is in the way. */
const AWAY = 8;
const FAMILIES: readonly Family[] = ['plain', 'residual'];

/** Sides of a point that its name may stand on, best first. */
const SIDES: Readonly<Record<Family, readonly Side[]>> = {
  plain: [
    [0, -1],
    [-1, 0],
    [1, 0],
    [-1, -1],
    [1, -1],
    [0, 1],
    [-1, 1],
    [1, 1],
  ],
  residual: [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 0],
    [-1, 1],
    [0, -1],
    [1, -1],
    [-1, -1],
  ],
};

const short = format('.2~s');

/** Errors in percent over costs, plain nets as squares and residual ones as circles. */
export function ErrorsPlot({ points, log, axis, label, width, height }: ErrorsPlotProps) {
  const [left, right] = [FRAME.left, Math.max(FRAME.left + 60, width - FRAME.right)];
  const [top, bottom] = [FRAME.top, height - FRAME.bottom];
  const [least = 1, most = 100] = extent(points.map(({ cost }) => cost));
  const x = (log ? scaleLog() : scaleLinear())
    .domain(log ? [least / 1.4, most * 1.4] : [0, most * 1.08])
    .range([left, right]);
  const [low = 0, high = 30] = extent(points.flatMap(({ error, spread = 0 }) => [error - spread, error + spread]));
  const y = scaleLinear()
    .domain([Math.max(0, low - 0.8), Math.min(100, high + 0.8)])
    .range([bottom, top]);
  const placed = points.map((point) => ({ ...point, at: x(point.cost), to: y(point.error) }));
  const lines = FAMILIES.flatMap((family) => {
    const own = placed.filter((point) => point.family === family && point.joined).sort((a, b) => a.cost - b.cost);
    return pairs(own).map(([a, b]) => ({ family, depth: b.depth, x0: a.at, y0: a.to, x1: b.at, y1: b.to }));
  });
  const around = placed.map(({ at, to }) => ({ x0: at - 6, x1: at + 6, y0: to - 6, y1: to + 6 }));
  const wishes = placed.map(({ name, family, at, to }) => {
    return { x: at, y: to, width: textWidth(name, WORD, true), height: 13, away: AWAY, far: 26, sides: SIDES[family] };
  });
  const spreads = placed.flatMap(({ at, error, spread = 0 }) => {
    if (spread === 0) return [];
    return [{ x0: at, x1: at, y0: y(Math.max(0, error - spread)), y1: y(Math.min(100, error + spread)) }];
  });
  const words = placeLabels(wishes, around, [...lines, ...spreads], { x0: left, x1: width, y0: 0, y1: bottom });
  const ticks = log
    ? x.ticks(4).filter((tick) => /^[125]/.test(tick.toExponential()))
    : x.ticks(Math.min(8, width / 70));
  return (
    <svg className={zooStyles.errorsPlot} width={width} height={height} role="img" aria-label={label}>
      {y.ticks(height / 45).map((tick) => (
        <g key={tick} className={zooStyles.rule}>
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick)} dy="0.35em" textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={height - 10} textAnchor="middle">
          {log ? short(tick) : tick}
        </text>
      ))}
      <text x={width} y={height - 10} textAnchor="end" className={zooStyles.axisName}>
        {axis}
      </text>
      {lines.map(({ family, depth, ...line }) => (
        <g key={`${line.x0} ${line.y0}`} className={netClass(family)} style={netStyle(depthLightness(depth))}>
          <line className={zooStyles.joint} x1={line.x0} y1={line.y0} x2={line.x1} y2={line.y1} />
        </g>
      ))}
      {placed.map(({ name, family, depth, at, to, error, spread = 0 }, index) => {
        const word = words[index];
        return (
          <g key={name} className={netClass(family)} style={netStyle(depthLightness(depth))}>
            {word && <Leader x={at} y={to} word={word} />}
            {spread > 0 && (
              <line
                className={zooStyles.spread}
                x1={at}
                x2={at}
                y1={y(Math.max(0, error - spread))}
                y2={y(Math.min(100, error + spread))}
              />
            )}
            {family === 'plain' ? (
              <rect className={zooStyles.dot} x={at - 4.5} y={to - 4.5} width={9} height={9} rx={2} />
            ) : (
              <circle className={zooStyles.dot} r={5} cx={at} cy={to} />
            )}
            {word && (
              <text className={zooStyles.name} x={(word.x0 + word.x1) / 2} y={word.y1 - 3} textAnchor="middle">
                {name}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** A line from a point to its name, where that is not beside it. */
function Leader({ x, y, word }: { readonly x: number; readonly y: number; readonly word: Rect }) {
  const leader = leaderTo({ x, y }, word);
  if (Math.hypot(leader.x1 - x, leader.y1 - y) <= AWAY + 1) return null;
  return <line className={zooStyles.leader} {...{ x1: leader.x0, y1: leader.y0, x2: leader.x1, y2: leader.y1 }} />;
}
