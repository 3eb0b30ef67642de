import * as v from 'valibot';
import { LIMITS } from '../../../core/experiment/limits.ts';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { parts, say } from '../../../language/say.ts';
import { claim, LIST, whenText } from '../readings.ts';
import type { Finding, LinesProbe } from './probe.ts';

/** On `lines` straight lines between two training images, `points` equally spaced inputs on each. */
export interface ShatteringRequest {
  readonly name: 'shattering';
  readonly lines: number;
  readonly points: number;
  readonly seed: number;
}

/**
 * Similarity of gradients at nearby inputs, after Balduzzi et al. 2017: along a straight line x(t) between two training
 * images, the derivative df/dt of a logit and its sample autocorrelation. White noise has 0 at every lag but 0; the
 * slower it falls, the smoother the gradient. Normalisations have the fixed statistics of a training batch.
 */
export interface ShatteringResult extends Finding<'shattering'> {
  /** t of each point, 0 .. 1; lags count these points. */
  readonly positions: readonly number[];
  /** df/dt on each line, [lines][points], f the logit of the class of the line's first image. */
  readonly derivatives: readonly (readonly number[])[];
  /** Autocorrelation at lag 0, 1, 2, ..., up to a quarter of the points, mean over the lines. */
  readonly autocorrelation: readonly number[];
}

const defaults: ShatteringRequest = { name: 'shattering', lines: 2, points: 256, seed: 1 };

export const shattering: LinesProbe<ShatteringRequest, ShatteringResult> = {
  schema: v.strictObject({
    name: v.literal('shattering'),
    lines: v.optional(integer({ min: 1, max: 16 }), defaults.lines),
    points: v.optional(integer({ min: 8, max: 1024 }), defaults.points),
    seed: v.optional(integer(LIMITS.seed), defaults.seed),
  }),
  defaults,
  heads: ['lag', 'autocorrelation'],
  rows: ({ autocorrelation }) => autocorrelation.map((value, lag) => [lag, value]),
  panels: () => [
    {
      key: 'shattering',
      title: '',
      points: ({ autocorrelation }) => autocorrelation.map((value, lag) => ({ at: lag, value })),
      categories: (results) => {
        const lags = Math.max(0, ...results.map(({ autocorrelation }) => autocorrelation.length));
        return Array.from({ length: lags }, (_, lag) => {
          const name = say('insight.shatteringLag', { lag });
          return { at: lag, name, tick: lag === 0 ? name : String(lag) };
        });
      },
      y: { include: [0, 1] },
      rules: [{ at: 0, text: say('insight.shatteringNoise') }],
    },
  ],
  /** The lag at which the autocorrelation is first below a half, or how many lags are known where it never is. */
  reading(steps, nets) {
    const lags = nets.map(({ net: { name }, now: { autocorrelation } }) => {
      if (!autocorrelation.every(Number.isFinite)) return { lane: name, value: Number.NaN, said: [] };
      const lag = autocorrelation.findIndex((value) => value < 0.5);
      return lag < 0
        ? { lane: name, value: autocorrelation.length, said: parts('insight.shatteringLater', { net: name }) }
        : {
            lane: name,
            value: lag,
            said: parts('insight.shatteringAt', { lag, points: defaults.points, net: name }),
          };
    });
    return [claim('half-similarity', lags, parts('insight.shatteringNow', { when: whenText(steps), list: LIST }))];
  },
};
