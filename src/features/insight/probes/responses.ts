import * as v from 'valibot';
import { after, listed, words } from '../readings.ts';
import { byLayer } from './by-layer.ts';
import type { Finding, LayerOf, LinesProbe } from './probe.ts';

/** Measured on the batch that the lane's next step sees. */
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

export const responses: LinesProbe<ResponsesRequest, ResponsesResult> = {
  title: 'Responses of the layers',
  short: 'Responses',
  source:
    'Standard deviation after batch normalisation, before nonlinearity and addition: He et al. 2015, figure 7, which shows smaller responses in residual nets after full training. A few hundred steps need not.',
  schema: v.strictObject({ name: v.literal('responses') }),
  defaults: { name: 'responses' },
  columns: ['layer', 'block', 'kernel', 'standard deviation'],
  rows: ({ layers }) => layers.map(({ layer, block, kernel, deviation }) => [layer, block, kernel, deviation]),
  /** As in figure 7 of He et al. 2015. */
  panels: [
    {
      key: 'order',
      title: 'in the order of the layers',
      ...byLayer<ResponsesResult['layers'][number]>(({ deviation }) => deviation),
      y: { include: [0] },
      rules: [],
    },
    {
      key: 'sorted',
      title: 'largest first',
      points: ({ sorted }) => sorted.map((value, index) => ({ at: index + 1, value })),
      categories: (results) => {
        const most = Math.max(0, ...results.map(({ sorted }) => sorted.length));
        return Array.from({ length: most }, (_, index) => {
          return { at: index + 1, name: `rank ${index + 1}`, tick: String(index + 1) };
        });
      },
      y: { include: [0] },
      rules: [],
    },
  ],
  reading(step, nets) {
    const means = nets.map(({ net, now: { sorted } }) => {
      return { lane: net.name, value: sorted.reduce((sum, deviation) => sum + deviation / sorted.length, 0) };
    });
    return [words(`${after(step)}, the mean response is `), ...listed(means, (mean) => mean.toFixed(2)), words('.')];
  },
};
