import * as v from 'valibot';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { after, listed, words } from '../readings.ts';
import { byLayer } from './by-layer.ts';
import type { Finding, LayerOf, LinesProbe } from './probe.ts';

/** Compares every pair among the next `batches` training batches. */
export interface CorrelationRequest {
  readonly name: 'correlation';
  readonly batches: number;
}

/** Cosine of the gradients of two training batches by each layer's weights, mean over the pairs. */
export interface CorrelationResult extends Finding<'correlation'> {
  readonly pairs: number;
  readonly layers: readonly (LayerOf & { readonly cosine: number })[];
  /** Over the layers. */
  readonly mean: number;
}

const defaults: CorrelationRequest = { name: 'correlation', batches: 4 };

export const correlation: LinesProbe<CorrelationRequest, CorrelationResult> = {
  title: 'Agreement of two batches’ gradients',
  short: 'Correlation',
  source: 'Cosine of the gradients by each layer’s weights, mean over all pairs of four batches.',
  schema: v.strictObject({
    name: v.literal('correlation'),
    batches: v.optional(integer({ min: 2, max: 16 }), defaults.batches),
  }),
  defaults,
  columns: ['layer', 'block', 'cosine'],
  rows: ({ layers }) => layers.map(({ layer, block, cosine }) => [layer, block, cosine]),
  panels: [
    {
      key: 'correlation',
      title: '',
      ...byLayer<CorrelationResult['layers'][number]>(({ cosine }) => cosine),
      y: { include: [0, 0.2] },
      rules: [{ at: 0, text: '' }],
    },
  ],
  reading(step, nets) {
    const means = nets.map(({ net, now }) => ({ lane: net.name, value: now.mean }));
    return [
      words(`${after(step)}, the gradients of two batches have a mean cosine of `),
      ...listed(means, (mean) => mean.toFixed(2).replace('-', '−')),
      words('. At 0, what one batch teaches says nothing about the next.'),
    ];
  },
};
