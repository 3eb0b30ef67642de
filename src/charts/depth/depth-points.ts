import { extent, group as groupBy, max, mean, scaleLinear, scaleLog } from 'd3';
import { meanAt } from '../series/running-mean.ts';
import { type Spread, seedsAt } from '../series/seeds.ts';
import { type Family, isThereAt, type Series } from '../series/series.ts';

/** One lane on the chart of depths. */
export interface DepthPoint {
  readonly series: Series;
  readonly error: number;
  /** Spread over the seeds where `error` is their mean; null for a single run, and of a lane that has diverged. */
  readonly spread: Spread | null;
  /** The lane has diverged: its last error, not an error at the step. */
  readonly stopped: boolean;
  /** Which of the lanes of its family and depth it is, from the middle: -0.5 and 0.5 for two. */
  readonly offset: number;
}

/** A point for each lane that has an error at a step, or had one before it diverged; none of one that there was not. */
export function depthPoints(series: readonly Series[], window: number, step: number): readonly DepthPoint[] {
  const found = series.flatMap((one) => {
    // A report may hold a round more of one lane than of another.
    if (!isThereAt(one, step) || (one.diverged === undefined && one.steps < step - 1)) return [];
    let at = Math.min(step, one.steps);
    while (at > 0 && meanAt(one, window, at) === null) at -= 1;
    const error = meanAt(one, window, at);
    if (error === null) return [];
    const stopped = one.diverged !== undefined && step >= one.diverged;
    return [{ series: one, error, spread: stopped ? null : seedsAt(one, window, at), stopped }];
  });
  const alike = groupBy(found, ({ series: one }) => `${one.family} ${one.depth}`);
  return found.map((point) => {
    const peers = alike.get(`${point.series.family} ${point.series.depth}`) ?? [point];
    return { ...point, offset: peers.indexOf(point) - (peers.length - 1) / 2 };
  });
}

/** A corner of the line through nets of one kind. */
export interface DepthStop {
  readonly depth: number;
  readonly error: number;
  /** From the lowest to the highest seed; the error itself where there is one. */
  readonly low: number;
  readonly high: number;
  readonly lightness: number;
}

/** The groups that there are, each once. */
export function groupsOf(points: readonly DepthPoint[]): readonly (string | undefined)[] {
  return [...new Set(points.map(({ series }) => series.group))];
}

/** What a net is by its shortcuts, whatever its name; null where surgery made something else of it. */
export function kindOf({ kind, family }: Series): Family | null {
  return kind === undefined ? family : kind;
}

/** The line through the lanes of a kind and group, shallow to deep; lanes of one depth count as their mean. */
export function depthLine(points: readonly DepthPoint[], kind: Family, group?: string): readonly DepthStop[] {
  const own = points.filter(({ series }) => kindOf(series) === kind && series.group === group);
  const learning = own.filter(({ stopped }) => !stopped);
  return [...groupBy(learning, ({ series }) => series.depth)]
    .map(([depth, peers]) => ({
      depth,
      error: mean(peers, ({ error }) => error) ?? 0,
      low: mean(peers, ({ error, spread }) => spread?.low ?? error) ?? 0,
      high: mean(peers, ({ error, spread }) => spread?.high ?? error) ?? 0,
      lightness: max(peers, ({ series }) => series.lightness) ?? 0,
    }))
    .sort((a, b) => a.depth - b.depth);
}

/** The horizontal axis of the depths. */
export interface DepthScale {
  readonly x: (depth: number) => number;
  /** Depths are far apart in number: past those of the paper's plain nets the axis counts by ratio. */
  readonly log: boolean;
  readonly ticks: readonly number[];
}

const USUAL = [8, 56, 20, 32, 44, 110, 164];
const LINEAR_TO = 60;
/** Depths of lanes may be named closer to each other than those that only fill the axis. */
const APART = { own: 20, usual: 34 };

/** Depths 8 to 56, or as far as the lanes go; ticks at the lanes' own depths first. */
export function depthScale(depths: readonly number[], left: number, right: number): DepthScale {
  const [least = 8, most = 56] = extent(depths);
  const domain = [Math.min(8, least), Math.max(56, most)] as const;
  const log = domain[1] > LINEAR_TO;
  const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range([left, right]);
  const ticks: number[] = [];
  const add = (depth: number, apart: number) => {
    const inside = depth >= domain[0] && depth <= domain[1];
    if (inside && ticks.every((tick) => Math.abs(scale(tick) - scale(depth)) >= apart)) ticks.push(depth);
  };
  for (const depth of new Set(depths)) add(depth, APART.own);
  for (const depth of USUAL) add(depth, APART.usual);
  return { x: (depth) => scale(depth), log, ticks: ticks.sort((a, b) => a - b) };
}
