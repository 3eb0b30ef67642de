import { pairs } from 'd3';
import { useMemo } from 'react';
import { ErrorAxis } from '../Axes.tsx';
import { netClass, netStyle } from '../colours.ts';
import { errorScale } from '../error-scale.ts';
import type { ChartLabels } from '../labels/labels.ts';
import { plotAreaOf } from '../plot-area.ts';
import { seedCount } from '../series/seeds.ts';
import type { Baseline, Family, Series } from '../series/series.ts';
import { depthLabels, type PlacedPoint } from './depth-labels.ts';
import { type DepthPoint, depthLine, depthScale, groupsOf, kindOf } from './depth-points.ts';

const FAMILIES: readonly Family[] = ['plain', 'residual'];
const RIGHT = 66;
const INDENT = 22;
const OVERHANG = 16;
const SPREAD = 13;

interface DepthPlotProps {
  readonly series: readonly Series[];
  readonly points: readonly DepthPoint[];
  readonly baseline: Baseline | null;
  readonly yDomain: readonly [number, number];
  readonly hoveredId: string | null;
  readonly onHover: (id: string | null) => void;
  readonly width: number;
  readonly height: number;
  readonly labels: ChartLabels;
}

/** One point a lane over its depth, and a line through the plain and the residual nets, over several seeds in a band from lowest to highest. */
export function DepthPlot({
  series,
  points,
  baseline,
  yDomain,
  hoveredId,
  onHover,
  width,
  height,
  labels,
}: DepthPlotProps) {
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
      .flatMap((group) => pairs(depthLine(points, family, group)))
      .map(([from, to]) => ({
        family,
        lightness: to.lightness,
        x0: depths.x(from.depth),
        y0: y(from.error),
        x1: depths.x(to.depth),
        y1: y(to.error),
        band: [y(from.high), y(to.high), y(to.low), y(from.low)] as const,
      })),
  );
  const words = depthLabels({
    points: placed,
    lines,
    families: FAMILIES.flatMap((family) => {
      if (!lines.some((line) => line.family === family)) return [];
      const own = placed.filter((point) => kindOf(point.series) === family && !point.stopped);
      const [deepest] = own.sort((a, b) => b.x - a.x);
      return deepest ? [{ point: deepest, text: labels.depth[family] }] : [];
    }),
    baseline: baseline && { text: `${baseline.text} ${labels.percent(baseline.error)}`, y: y(baseline.error) },
    plotArea,
    hoveredId,
    percent: labels.percent,
  });

  const seeds = seedCount(series);
  const faded = hoveredId !== null && points.some((point) => point.series.id === hoveredId);
  const inOrder = [...placed].sort((a, b) => Number(a.series.id === hoveredId) - Number(b.series.id === hoveredId));
  return (
    <svg width={width} height={height} className={faded ? 'faded' : undefined} aria-hidden="true">
      <ErrorAxis plotArea={plotArea} scale={errors} to={plotArea.right + OVERHANG} />
      {baseline && (
        <line
          className="baseline"
          x1={plotArea.left}
          x2={plotArea.right + OVERHANG}
          y1={y(baseline.error)}
          y2={y(baseline.error)}
        />
      )}
      {depths.ticks.map((depth) => (
        <text key={depth} x={depths.x(depth)} y={height - 8} textAnchor="middle">
          {depth}
        </text>
      ))}
      <text
        x={depths.log ? width : plotArea.right + OVERHANG + 2}
        y={height - 8}
        textAnchor={depths.log ? 'end' : 'start'}
      >
        {depths.log ? labels.depth.layersLog : labels.depth.layers}
      </text>
      {lines.map(({ family, lightness, x0, y0, x1, y1, band }) => (
        <g key={`${family} ${x0}`} className={netClass(family)} style={netStyle(lightness)}>
          {seeds > 0 && (
            <path className="band" d={`M${x0} ${band[0]}L${x1} ${band[1]}L${x1} ${band[2]}L${x0} ${band[3]}Z`} />
          )}
          <line className="depth-line" x1={x0} y1={y0} x2={x1} y2={y1} />
        </g>
      ))}
      {inOrder.map((point) => (
        <DepthMark key={point.series.id} point={point} hoveredId={point.series.id === hoveredId} onHover={onHover} />
      ))}
      {words.map(({ key, text, point, kind, x, y: baselineY }) => (
        <g
          key={key}
          className={`word ${kind} ${point ? netClass(point.series.family) : ''} ${point?.series.id === hoveredId ? 'hot' : ''}`}
          style={point ? netStyle(point.series.lightness) : undefined}
        >
          <text className={kind === 'base' ? undefined : 'name'} x={x} y={baselineY} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}

interface DepthMarkProps {
  readonly point: PlacedPoint;
  readonly hoveredId: boolean;
  readonly onHover: (id: string | null) => void;
}

/**
 * A lane: a square for a plain net, a circle for a residual one, a diamond for one whose shortcuts were changed; hollow
 * once it has diverged; a whisker from its highest seed to its lowest.
 */
export function DepthMark({ point: { series, x, y, top, bottom, stopped }, hoveredId, onHover }: DepthMarkProps) {
  const className = `dot ${stopped ? 'hollow' : ''}`;
  const kind = kindOf(series);
  return (
    <g
      className={`point ${netClass(series.family)}${hoveredId ? ' hot' : ''}`}
      style={netStyle(series.lightness)}
      onPointerEnter={() => onHover(series.id)}
      onPointerLeave={() => onHover(null)}
    >
      <circle className="hit" r={12} cx={x} cy={y} />
      {bottom > top && <path className="whisker" d={`M${x - 4} ${top}h8m-4 0V${bottom}m-4 0h8`} />}
      {kind === 'plain' && <rect className={className} x={x - 5} y={y - 5} width={10} height={10} rx={2} />}
      {kind === 'residual' && <circle className={className} r={5.5} cx={x} cy={y} />}
      {kind === null && <path className={className} d={`M${x} ${y - 7}l7 7l-7 7l-7 -7Z`} />}
    </g>
  );
}
