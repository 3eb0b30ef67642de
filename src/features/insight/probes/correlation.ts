import * as v from 'valibot';
import { integer } from '../../../core/experiment/parse/parse-values.ts';
import { parts } from '../../../language/say.ts';
import { claim, LIST, whenText } from '../readings.ts';
import { byLayer, type Finding, type LayerOf, type LinesProbe } from './probe.ts';

/** Compares every pair among the next `batches` training batches. */
export interface CorrelationRequest {
  readonly name: 'correlation';
  readonly batches: number;
}

/** Cosine of the gradients of two training batches with respect to each layer's weights, mean over the pairs. */
export interface CorrelationResult extends Finding<'correlation'> {
  readonly pairs: number;
  readonly layers: readonly (LayerOf & { readonly cosine: number })[];
  /** Over the layers whose gradients are not 0; the others have no cosine. */
  readonly mean: number;
}

const defaults: CorrelationRequest = { name: 'correlation', batches: 4 };

export const correlation: LinesProbe<CorrelationRequest, CorrelationResult> = {
  schema: v.strictObject({
    name: v.literal('correlation'),
    batches: v.optional(integer({ min: 2, max: 16 }), defaults.batches),
  }),
  defaults,
  heads: ['layer', 'block', 'cosine'],
  rows: ({ layers }) => layers.map(({ layer, block, cosine }) => [layer, block, cosine]),
  panels: () => [
    {
      key: 'correlation',
      title: '',
      ...byLayer<CorrelationResult['layers'][number]>(({ cosine }) => cosine),
      y: { include: [0, 0.2] },
      rules: [{ at: 0, text: '' }],
    },
  ],
  reading(steps, nets) {
    const means = nets.map(({ net: { name }, now: { mean: value } }) => {
      const cosine = value.toFixed(2).replace('-', '−');
      return { lane: name, value, said: parts('insight.correlationIn', { cosine, net: name }) };
    });
    return [claim('batches-agree', means, parts('insight.correlationNow', { when: whenText(steps), list: LIST }))];
  },
};
