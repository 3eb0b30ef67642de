import * as v from 'valibot';
import { after, listed, words } from '../text/readings.ts';
import type { ComparedProbe, Finding, LayerOf } from './probe.ts';

/** Of the batch that the lane's next step sees. */
export interface ResponsesRequest {
  readonly name: 'responses';
}

/**
 * Standard deviation over batch, pixels and channels of each convolution's output after batch normalisation, before the
 * nonlinearity or the addition (He et al. 2015, figure 7; there of the 3x3 layers).
 */
export interface ResponsesResult extends Finding<'responses'> {
  readonly layers: readonly (LayerOf & { readonly kernel: number; readonly deviation: number })[];
  /** The deviations, largest first. */
  readonly sorted: readonly number[];
}

export const responses: ComparedProbe<ResponsesRequest, ResponsesResult> = {
  title: 'Responses of the layers',
  short: 'Responses',
  source:
    'Standard deviation after batch normalisation, before nonlinearity and addition: He et al. 2015, figure 7, which shows smaller responses in residual nets after full training. A few hundred steps need not.',
  schema: v.strictObject({ name: v.literal('responses') }),
  defaults: { name: 'responses' },
  columns: ['layer', 'block', 'kernel', 'standard deviation'],
  rows: ({ layers }) => layers.map(({ layer, block, kernel, deviation }) => [layer, block, kernel, deviation]),
  reading(step, nets) {
    const means = nets.map(({ net, now: { sorted } }) => {
      return { lane: net.name, value: sorted.reduce((sum, deviation) => sum + deviation / sorted.length, 0) };
    });
    return [words(`${after(step)}, the mean response is `), ...listed(means, (mean) => mean.toFixed(2)), words('.')];
  },
};
