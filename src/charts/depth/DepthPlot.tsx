import { pairs } from 'd3';
import { useMemo } from 'react';
import { say } from '../../language/say.ts';
import { ErrorAxis, LOWER_IS_BETTER, LowerIsBetter } from '../Axes.tsx';
import { netClass, netStyle } from '../colours.ts';
import { errorScale, errorText } from '../error-scale.ts';
import { DepthGuesses, depthGuesses } from '../guesses/DepthGuesses.tsx';
import type { CurveGuesses } from '../guesses/guess.ts';
import { textWidth } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import { type PlotArea, plotAreaOf } from '../plot-area.ts';
import { seedCount } from '../series/seeds.ts';
import { type Baseline, type Family, repeatsOf, type Series } from '../series/series.ts';
import { depthLabels, type LineEnd, type PlacedLabel, type PlacedPoint, type TwinArrow } from './depth-labels.ts';
import { type DepthPoint, depthLine, depthScale, groupsOf, kindOf } from './depth-points.ts';

const FAMILIES: readonly Family[] = ['plain', 'residual'];
const RIGHT = 66;
const INDENT = 22;
const OVERHANG = 16;
const TICK = 11;
/** Between nets of one family and depth. */
const SPREAD = 13;
/** From the middle of a mark to an arrow; shorter arrows than the second are left out. */
const ARROW = { away: 10, least: 14 } as const;

/** A plain net and the residual net that differs from it in its shortcuts alone, by id. */
export interface Twins {
  readonly plain: string;
  readonly residual: string;
}

interface DepthPlotProps {
  readonly series: readonly Series[];
  readonly points: readonly DepthPoint[];
  readonly baseline: Baseline | null;
  /** Twins of which it has been shown that the residual one is better: an arrow leads to it. */
  readonly twins: Twins | null;
  /** Predictions, drawn as ghosts of the points. */
  readonly guesses?: CurveGuesses | null;
  readonly yDomain: readonly [number, number];
  readonly hoveredId: string | null;
  readonly onHover: (id: string | null) => void;
  readonly width: number;
  readonly height: number;
}

/**
 * One point per lane over its depth, and a line through the plain and the residual nets, over several seeds in a band from
 * lowest to highest. Nets that are of neither kind, as those whose shortcuts were changed, are rings beside the lines.
 */
export function DepthPlot(props: DepthPlotProps) {
  const { series, points, baseline, twins, guesses = null, yDomain, hoveredId, onHover, width, height } = props;
  const [low, high] = yDomain;
  const plotArea = useMemo(() => plotAreaOf(width, height, RIGHT), [width, height]);
  const errors = useMemo(() => errorScale([low, high], plotArea), [low, high, plotArea]);
  const depths = depthScale(
    series.map(({ depth }) => depth),
    plotArea.left + INDENT,
    plotArea.right,
  );
  const y = (error: number) => Math.max(plotArea.top, Math.min(plotArea.bottom, errors.y(error)));

  const placed = points.map((point): PlacedPoint => {
    const { error, spread } = point;
    const x = depths.x(point.series.depth) + point.offset * SPREAD;
    return { ...point, x, y: y(error), top: y(spread?.high ?? error), bottom: y(spread?.low ?? error) };
  });
  const lines = FAMILIES.flatMap((family) =>
    groupsOf(points)
      .flatMap((group) => pairs(depthLine(points, family, group)).map((ends) => ({ group, ends })))
      .map(({ group, ends: [from, to] }) => ({
        key: JSON.stringify([family, group, from.depth]),
        family,
        lightness: to.lightness,
        x0: depths.x(from.depth),
        y0: y(from.error),
        x1: depths.x(to.depth),
        y1: y(to.error),
        band: [y(from.high), y(to.high), y(to.low), y(from.low)] as const,
      })),
  );
  const lineEnds = FAMILIES.flatMap((family): LineEnd[] => {
    if (!lines.some((line) => line.family === family)) return [];
    const own = placed.filter((point) => kindOf(point.series) === family && !point.stopped);
    const [deepest] = own.sort((a, b) => b.x - a.x);
    return deepest ? [{ point: deepest, text: say(`charts.kind.${family}`) }] : [];
  });
  const arrow = arrowOf(placed, twins);
  const ghosts = guesses === null ? [] : depthGuesses(guesses, depths.x, y);
  const words = depthLabels({
    points: placed,
    lines,
    lineEnds,
    arrow,
    guesses: ghosts,
    baseline: baseline && { text: `${baseline.text} ${errorText(baseline.error)}`, y: y(baseline.error) },
    plotArea,
    hoveredId,
  });

  const axis = say(depths.log ? 'charts.layersLog' : 'charts.layers');
  // The deepest net's number keeps clear of the axis' name, which may be wide.
  const axisAt = depths.log ? width - textWidth(axis, TICK) : width;
  const seeds = seedCount(series);
  const repeats = repeatsOf(series);
  const faded = hoveredId !== null && points.some((point) => point.series.id === hoveredId);
  const inOrder = placed.toSorted((a, b) => Number(a.series.id === hoveredId) - Number(b.series.id === hoveredId));
  const cornerX = freeCorner(plotArea, [...placed, ...ghosts.map((ghost) => ({ ...ghost, bottom: ghost.y }))], words);
  return (
    <svg width={width} height={height} className={faded ? plotStyles.faded : undefined} aria-hidden="true">
      <ErrorAxis plotArea={plotArea} scale={errors} to={plotArea.right + OVERHANG} />
      {baseline && (
        <line
          className={plotStyles.baseline}
          x1={plotArea.left}
          x2={plotArea.right + OVERHANG}
          y1={y(baseline.error)}
          y2={y(baseline.error)}
        />
      )}
      {depths.ticks.map((depth) => (
        <text
          key={depth}
          x={Math.min(depths.x(depth), axisAt - 5 - textWidth(`${depth}`, TICK) / 2)}
          y={height - 8}
          textAnchor="middle"
        >
          {depth}
        </text>
      ))}
      <text
        x={depths.log ? width : plotArea.right + OVERHANG + 2}
        y={height - 8}
        textAnchor={depths.log ? 'end' : 'start'}
      >
        {axis}
      </text>
      {cornerX !== null && <LowerIsBetter x={cornerX} y={plotArea.bottom - 8} />}
      {lines.map(({ key, family, lightness, x0, y0, x1, y1, band }) => (
        <g key={key} className={netClass(family)} style={netStyle(lightness)}>
          {seeds > 0 && (
            <path
              className={plotStyles.band}
              d={`M${x0} ${band[0]}L${x1} ${band[1]}L${x1} ${band[2]}L${x0} ${band[3]}Z`}
            />
          )}
          <line className={plotStyles.depthLine} x1={x0} y1={y0} x2={x1} y2={y1} />
        </g>
      ))}
      {arrow !== null && (
        <path
          className={`${plotStyles.twin} ${netClass('residual')}`}
          style={netStyle(arrow.twin.series.lightness)}
          d={`M${arrow.x0} ${arrow.y0}V${arrow.y1}m-4 -5l4 5l4 -5`}
        />
      )}
      <DepthGuesses points={ghosts} />
      {inOrder.map((point) => (
        <DepthMark
          key={point.series.id}
          point={point}
          repeat={repeats.get(point.series.id) ?? 0}
          hovered={point.series.id === hoveredId}
          onHover={onHover}
        />
      ))}
      {words.map(({ key, text, value, point, kind, net, x, y: baselineY }) => (
        <g
          key={key}
          className={[
            plotStyles.word,
            plotStyles[kind] ?? '',
            net ? netClass(net.family) : '',
            point?.series.id === hoveredId ? plotStyles.hot : '',
          ].join(' ')}
          style={net ? netStyle(net.lightness) : undefined}
        >
          <text className={kind === 'base' ? undefined : plotStyles.name} x={x} y={baselineY} textAnchor="middle">
            <tspan>{text}</tspan>
            {value !== '' && <tspan dx={5}>{value}</tspan>}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The arrow between two twins, where there is room for one and the residual net has the lower error. */
function arrowOf(points: readonly PlacedPoint[], twins: Twins | null): TwinArrow | null {
  const plain = points.find(({ series }) => series.id === twins?.plain);
  const twin = points.find(({ series }) => series.id === twins?.residual);
  if (plain === undefined || twin === undefined) return null;
  const [y0, y1] = [plain.y + ARROW.away, twin.y - ARROW.away];
  if (y1 - y0 < ARROW.least) return null;
  const text = say('charts.withShortcuts', { points: errorText(plain.error - twin.error) });
  return { twin, text, x0: twin.x, y0, x1: twin.x, y1 };
}

/** The left edge of "lower is better" in a lower corner that no mark and no word needs; null where both are taken. */
function freeCorner(
  plotArea: PlotArea,
  points: readonly Pick<PlacedPoint, 'x' | 'bottom'>[],
  words: readonly PlacedLabel[],
): number | null {
  const width = LOWER_IS_BETTER.indent + textWidth(say('charts.lowerIsBetter'), 11) + 8;
  const top = plotArea.bottom - LOWER_IS_BETTER.height - 16;
  const taken = [
    ...points.map(({ x, bottom }) => ({ from: x - 8, to: x + 8, y: bottom + 8 })),
    ...words.map(({ x, y, text, value }) => {
      const half = textWidth(text + value, 12, true) / 2 + 4;
      return { from: x - half, to: x + half, y };
    }),
  ].filter(({ y }) => y > top);
  const isFree = (left: number) => taken.every(({ from, to }) => to < left || from > left + width);
  return [plotArea.left + 4, plotArea.right + OVERHANG - width].find(isFree) ?? null;
}

interface DepthMarkProps {
  readonly point: PlacedPoint;
  /** How many nets before it have its family and depth; see `repeatsOf`. */
  readonly repeat: number;
  readonly hovered: boolean;
  readonly onHover: (id: string | null) => void;
}

/** In the middle of a mark, by repeat: nothing, a dot, a bar, a plus. */
const REPEAT_SIGNS = [null, 'M-0.6 0h1.2', 'M-2.2 0h4.4', 'M-2.2 0h4.4M0 -2.2v4.4'] as const;

/**
 * A lane: a square for a plain net, a circle for a residual one, hollow where it is neither (its shortcuts were changed by hand,
 * are some of them off, or concatenate instead of adding), a cross once it has diverged; a whisker from its highest seed to
 * its lowest.
 */
function DepthMark({ point, repeat, hovered, onHover }: DepthMarkProps) {
  const { series, x, y, top, bottom, stopped } = point;
  const kind = kindOf(series);
  const isNeither = kind === null || series.changes !== undefined;
  const sign = REPEAT_SIGNS[repeat % REPEAT_SIGNS.length] ?? null;
  const className = isNeither ? `${plotStyles.dot} ${plotStyles.hollow}` : plotStyles.dot;
  return (
    <g
      className={`${plotStyles.point} ${hovered ? plotStyles.hot : ''} ${netClass(series.family)}`}
      style={netStyle(series.lightness)}
      onPointerEnter={() => onHover(series.id)}
      onPointerLeave={() => onHover(null)}
    >
      <circle className={plotStyles.hit} data-fleeting r={12} cx={x} cy={y} />
      {bottom > top && <path className={plotStyles.whisker} d={`M${x - 4} ${top}h8m-4 0V${bottom}m-4 0h8`} />}
      {stopped ? (
        <path className={plotStyles.stop} d={`M${x - 4.5} ${y - 4.5}l9 9m0 -9l-9 9`} />
      ) : (kind ?? series.family) === 'plain' ? (
        <rect className={className} x={x - 5} y={y - 5} width={10} height={10} rx={2} />
      ) : (
        <circle className={className} r={5.5} cx={x} cy={y} />
      )}
      {sign !== null && !stopped && (
        <path
          className={isNeither ? `${plotStyles.sign} ${plotStyles.hollow}` : plotStyles.sign}
          transform={`translate(${x} ${y})`}
          d={sign}
        />
      )}
    </g>
  );
}
