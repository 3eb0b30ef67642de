import * as v from 'valibot';
import { decimalText } from '../../../core/format.ts';
import { parts, say } from '../../../language/say.ts';
import { claim, LIST, whenText } from '../readings.ts';
import { byLayer, type Finding, type LayerOf, type LinesProbe } from './probe.ts';

/** Measured on the batch of the lane's next step. */
export interface ResponsesRequest {
  readonly name: 'responses';
}

/**
 * Standard deviation over batch, pixels and channels of each convolution's output, after the norm that follows it if one
 * does, before the nonlinearity or the addition (He et al. 2015, figure 7; there of the 3x3 layers).
 */
export interface ResponsesResult extends Finding<'responses'> {
  readonly layers: readonly (LayerOf & { readonly kernel: number; readonly deviation: number })[];
  /** The deviations, largest first. */
  readonly sorted: readonly number[];
}

export const responses: LinesProbe<ResponsesRequest, ResponsesResult> = {
  schema: v.strictObject({ name: v.literal('responses') }),
  defaults: { name: 'responses' },
  heads: ['layer', 'block', 'kernel', 'standard deviation'],
  rows: ({ layers }) => layers.map(({ layer, block, kernel, deviation }) => [layer, block, kernel, deviation]),
  /** As in figure 7 of He et al. 2015. */
  panels: () => [
    {
      key: 'order',
      title: say('insight.responsesInOrder'),
      ...byLayer<ResponsesResult['layers'][number]>(({ deviation }) => deviation),
      y: { include: [0] },
      rules: [],
    },
    {
      key: 'sorted',
      title: say('insight.responsesSorted'),
      points: ({ sorted }) => sorted.map((value, index) => ({ at: index + 1, value })),
      categories: (results) => {
        const most = Math.max(0, ...results.map(({ sorted }) => sorted.length));
        return Array.from({ length: most }, (_, index) => {
          const rank = index + 1;
          return { at: rank, name: say('insight.responsesRank', { rank }), tick: String(rank) };
        });
      },
      y: { include: [0] },
      rules: [],
    },
  ],
  reading(steps, nets) {
    const means = nets.map(({ net: { name }, now: { sorted } }) => {
      const value = sorted.reduce((sum, deviation) => sum + deviation / sorted.length, 0);
      return { lane: name, value, said: parts('insight.responsesIn', { value: decimalText(value), net: name }) };
    });
    return [claim('mean-response', means, parts('insight.responsesNow', { when: whenText(steps), list: LIST }))];
  },
};
