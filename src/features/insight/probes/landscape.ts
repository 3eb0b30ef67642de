import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { integer, number, oneOf } from '../../../core/experiment/parse/parse-values.ts';
import { formatNumber } from '../../../core/format.ts';
import { sentencesJoined } from '../../../language/joining.ts';
import type { MessageKey } from '../../../language/messages.ts';
import { listed, parts, say } from '../../../language/say.ts';
import { claim, type FigureClaim, LIST, remark, type Steps, whenText } from '../readings.ts';
import type { Finding, Probe } from './probe.ts';

/** What a landscape spans: a random line, a random plane, or the plane of the path that training took. */
export const LANDSCAPE_OVER = ['line', 'plane', 'path'] as const;
export type LandscapeOver = (typeof LANDSCAPE_OVER)[number];

/**
 * Of the first `images` fixed training images. `points` a side, odd; `reach` in units of the filters' norms to either
 * side of the middle, over a path not used.
 */
export interface LandscapeRequest {
  readonly name: 'landscape';
  readonly over: LandscapeOver;
  readonly points: number;
  readonly reach: number;
  readonly images: number;
  readonly seed: number;
}

/** A checkpoint on a path plane. */
export interface PathPoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Mean loss (nats) and error (percent) at w + x * d1 + y * d2, with batch statistics; the net as it stands is at 0, 0.
 * `line` and `plane`: random normal directions, each filter's scaled to the norm of the filter's weights, normalisations
 * and biases left alone (Li et al. 2018, section 4). `path`: the first two principal components of the checkpoints, of
 * norm 1 over all parameters (section 7). While it is being measured, a part has the same form.
 */
export interface LandscapeResult extends Finding<'landscape'> {
  readonly over: LandscapeOver;
  readonly x: readonly number[];
  /** [0] on a line. */
  readonly y: readonly number[];
  /** [y][x] flat; NaN where it is not measured yet. Coarse grids come first. */
  readonly losses: Float32Array;
  readonly errors: Float32Array;
  /** Points that are measured, of all. */
  readonly done: number;
  readonly of: number;
  readonly path: readonly PathPoint[];
  /** Share of the checkpoints' variance in each direction, 0 .. 1; null where the directions are random. */
  readonly explained: readonly [number, number] | null;
}

/** A side of the grid: odd, so that the net as it stands is in the middle. */
const side = v.pipe(
  integer({ min: 3, max: 65 }),
  v.check(
    (value) => value % 2 === 1,
    ({ input }) => `${input} is not odd, and has no middle`,
  ),
);

const defaults: LandscapeRequest = { name: 'landscape', over: 'plane', points: 17, reach: 1, images: 250, seed: 1 };

export const landscape: Probe<LandscapeRequest, LandscapeResult> = {
  schema: v.strictObject({
    name: v.literal('landscape'),
    over: v.optional(oneOf(LANDSCAPE_OVER), defaults.over),
    points: v.optional(side, defaults.points),
    reach: v.optional(number({ min: 1e-3, max: 10 }), defaults.reach),
    images: v.optional(integer({ min: 1, max: 1000 }), defaults.images),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  heads: ['directions', 'along 1', 'along 2', 'loss', 'error %'],
  rows: ({ over, x, y, losses, errors }) =>
    Array.from(losses, (loss, index) => [
      over,
      x[index % x.length] ?? Number.NaN,
      y[Math.floor(index / x.length)] ?? Number.NaN,
      loss,
      errors[index] ?? Number.NaN,
    ]),
};

const OVER_TEXTS = {
  line: 'insight.landscapeLine',
  plane: 'insight.landscapePlane',
  path: 'insight.landscapePath',
} as const satisfies Record<LandscapeOver, MessageKey>;

/** What the directions are called in the figure's menu. */
export function overText(over: LandscapeOver): string {
  return say(OVER_TEXTS[over]);
}

/**
 * The factor between the highest and the lowest loss in each picture: steepness, not roughness. Planes have a plot each, lines
 * one for all.
 */
export function landscapeReading(
  steps: Steps,
  over: LandscapeOver,
  found: readonly Pick<LandscapeResult, 'lane' | 'losses'>[],
): readonly FigureClaim[] {
  if (found.length === 0) return [];
  const ratios = found.map(({ lane, losses }) => {
    const known = losses.filter((loss) => Number.isFinite(loss));
    const value = Math.max(...known) / Math.min(...known);
    const ratio = value < 10 ? value.toFixed(2) : formatNumber(value);
    return { lane, value, said: parts('insight.landscapeTimes', { ratio, net: lane }) };
  });
  return [
    claim('loss-range', ratios, parts('insight.landscapeNow', { when: whenText(steps), list: LIST })),
    ...(over === 'line' ? [] : [remark('one-scale', [], say('insight.landscapeScale'))]),
  ];
}

/**
 * Where the directions of a landscape are from; for a path, with the share of its variance that they hold. `training`: the
 * training images of the race.
 */
export function landscapeSource(
  over: LandscapeOver,
  found: readonly Pick<LandscapeResult, 'lane' | 'explained'>[],
  training: number,
): string {
  const images = Math.min(training, defaults.images);
  if (over !== 'path') return say('insight.landscapeSource', { over, images });
  const shares = found.flatMap(({ lane, explained }) => {
    if (explained === null) return [];
    const [first, second] = explained;
    return [say('insight.landscapeShare', { percent: Math.round(100 * (first + second)), net: lane })];
  });
  const source = say('insight.landscapePathSource', { images });
  return sentencesJoined([
    source,
    shares.length === 0 ? '' : say('insight.landscapeVariance', { list: listed(shares) }),
  ]);
}
