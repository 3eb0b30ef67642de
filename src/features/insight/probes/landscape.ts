import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/parse/parse.ts';
import { integer, number, oneOf } from '../../../core/experiment/parse/parse-values.ts';
import { formatNumber } from '../../../core/format.ts';
import type { StoryPart } from '../../race/story/claims.ts';
import { after, listed, type NetNumber, words } from '../readings.ts';
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
  title: 'Loss around the weights',
  short: 'Loss landscape',
  /** Depends on the directions: `landscapeSource`. */
  source: '',
  schema: v.strictObject({
    name: v.literal('landscape'),
    over: v.optional(oneOf(LANDSCAPE_OVER), defaults.over),
    points: v.optional(side, defaults.points),
    reach: v.optional(number({ min: 1e-3, max: 10 }), defaults.reach),
    images: v.optional(integer({ min: 1, max: 1000 }), defaults.images),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  columns: ['directions', 'along 1', 'along 2', 'loss', 'error %'],
  rows: ({ over, x, y, losses, errors }) =>
    Array.from(losses, (loss, index) => [
      over,
      x[index % x.length] ?? Number.NaN,
      y[Math.floor(index / x.length)] ?? Number.NaN,
      loss,
      errors[index] ?? Number.NaN,
    ]),
};

/** The words of the figure's controls. */
export const LANDSCAPE_WORDS = {
  about: 'Measures the loss on a grid around the weights, coarse first; the weights stay as they are.',
  over: 'Directions',
  overs: {
    line: 'One random direction',
    plane: 'Two random directions',
    path: 'The path of training',
  } satisfies Record<LandscapeOver, string>,
} as const;

/** The factor between the highest and the lowest loss of each picture. */
export function landscapeReading(step: number, ranges: readonly NetNumber[]): readonly StoryPart[] {
  return [
    words(`${after(step)}, the highest loss shown is `),
    ...listed(ranges, (ratio) => `${ratio < 10 ? ratio.toFixed(2) : formatNumber(ratio)} times the lowest`),
    words('. All pictures have one logarithmic scale; the cross marks the weights as they are.'),
  ];
}

/** Where the directions of a landscape are from. `explained`: shares of the path's variance, by net. */
export function landscapeSource(
  over: LandscapeOver,
  explained: readonly { readonly lane: string; readonly shares: readonly [number, number] }[],
): string {
  const images = `on ${defaults.images} training images`;
  if (over !== 'path') {
    const directions = over === 'line' ? 'a random direction' : 'two random directions';
    return `After Li et al. 2018: ${directions}, each filter’s part as large as the filter itself, ${images}. It is a slice through many thousand directions, not the whole.`;
  }
  const held = explained.map(
    ({ lane, shares: [first, second] }) => `${Math.round(100 * (first + second))}% in ${lane}`,
  );
  const share = held.length === 0 ? '' : ` They hold so much of its variance: ${held.join(', ')}.`;
  return `After Li et al. 2018, section 7: the two main directions of the path that training took, ${images}. Dots: checkpoints.${share}`;
}
