import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/parse/parse.ts';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { after, listed, words } from '../readings.ts';
import type { Finding, LinesProbe } from './probe.ts';

/** On `lines` straight lines between two training images, `points` equally spaced inputs on each. */
export interface ShatteringRequest {
  readonly name: 'shattering';
  readonly lines: number;
  readonly points: number;
  readonly seed: number;
}

/**
 * How like each other gradients at nearby inputs are, after Balduzzi et al. 2017: along a straight line x(t) between two
 * training images the derivative df/dt of a logit, and its sample autocorrelation. White noise has 0 at every lag but 0;
 * the slower it falls, the smoother the gradient. Normalisations have the fixed statistics of a training batch.
 */
export interface ShatteringResult extends Finding<'shattering'> {
  /** t of each point, 0 .. 1; lags are in such points. */
  readonly positions: readonly number[];
  /** df/dt on each line, [lines][points], f the logit of the class of the line's first image. */
  readonly derivatives: readonly (readonly number[])[];
  /** Autocorrelation at lag 0, 1, 2, ..., up to a quarter of the points, mean over the lines. */
  readonly autocorrelation: readonly number[];
}

const defaults: ShatteringRequest = { name: 'shattering', lines: 2, points: 256, seed: 1 };

export const shattering: LinesProbe<ShatteringRequest, ShatteringResult> = {
  title: 'Agreement of gradients at nearby inputs',
  short: 'Shattering',
  source:
    'After Balduzzi et al. 2017: autocorrelation of the gradient along lines between two images. The faster it falls, the more the gradient is like white noise.',
  schema: v.strictObject({
    name: v.literal('shattering'),
    lines: v.optional(integer({ min: 1, max: 16 }), defaults.lines),
    points: v.optional(integer({ min: 8, max: 1024 }), defaults.points),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  columns: ['lag', 'autocorrelation'],
  rows: ({ autocorrelation }) => autocorrelation.map((value, lag) => [lag, value]),
  panels: [
    {
      key: 'shattering',
      title: '',
      points: ({ autocorrelation }) => autocorrelation.map((value, lag) => ({ at: lag, value })),
      categories: (results) => {
        const lags = Math.max(0, ...results.map(({ autocorrelation }) => autocorrelation.length));
        return Array.from({ length: lags }, (_, lag) => {
          return { at: lag, name: `lag ${lag}`, tick: lag === 0 ? 'lag 0' : String(lag) };
        });
      },
      y: { include: [0, 1] },
      rules: [{ at: 0, text: 'white noise' }],
    },
  ],
  /** Lags at which the autocorrelation is first below a half. */
  reading(step, nets) {
    const lags = nets.map(({ net, now: { autocorrelation } }) => {
      const half = autocorrelation.findIndex((value) => value < 0.5);
      return { lane: net.name, value: half < 0 ? Number.POSITIVE_INFINITY : half };
    });
    return [
      words(`${after(step)}, the gradient along the line has lost half of its likeness after `),
      ...listed(lags, (lag) =>
        lag === Number.POSITIVE_INFINITY ? 'more than what is shown' : `${lag} of ${defaults.points} points`,
      ),
      words('.'),
    ];
  },
};
