import * as v from 'valibot';
import { formatNumber } from '../../../core/format.ts';
import { after, listed, words } from '../readings.ts';
import { byLayer } from './by-layer.ts';
import type { Finding, LayerOf, LinesProbe } from './probe.ts';

/** Measured on the batch that the lane's next step sees. */
export interface GradientsRequest {
  readonly name: 'gradients';
}

/**
 * Euclidean norms of the loss's gradient with respect to each layer's weights (`norm`, without weight decay) and of these
 * weights (`weight`). Behind a normalisation, the gradient is inversely proportional to the weights' norm; the product
 * of both norms does not depend on it.
 */
export interface GradientsResult extends Finding<'gradients'> {
  readonly layers: readonly (LayerOf & { readonly norm: number; readonly weight: number })[];
  /** The stem's norm divided by the last convolution's. */
  readonly ratio: number;
  /** The norm of the gradient by all parameters together. */
  readonly total: number;
}

const times = (ratio: number) => (ratio < 1 ? ratio.toFixed(2) : ratio < 10 ? ratio.toFixed(1) : formatNumber(ratio));

export const gradients: LinesProbe<GradientsRequest, GradientsResult> = {
  title: 'Gradient norm by layer',
  short: 'Gradients',
  source:
    'One batch; of the weights, without decay. It is not the whole cause: in our trials, gradients made equally large did not rescue the deep plain net.',
  schema: v.strictObject({ name: v.literal('gradients') }),
  defaults: { name: 'gradients' },
  columns: ['layer', 'block', 'gradient norm'],
  rows: ({ layers }) => layers.map(({ layer, block, norm }) => [layer, block, norm]),
  panels: [
    {
      key: 'gradients',
      title: '',
      ...byLayer<GradientsResult['layers'][number]>(({ norm }) => norm),
      start: true,
      y: { kind: 'log' },
      rules: [],
    },
  ],
  reading(step, nets) {
    const ratios = nets.map(({ net, now }) => ({ lane: net.name, value: now.ratio }));
    const first = nets.flatMap(({ net, before }) =>
      before === null ? [] : [{ step: before.step, lane: net.name, value: before.ratio }],
    );
    const from = Math.max(...first.map((each) => each.step));
    const grows = [...ratios, ...first].some(({ value }) => value > 10);
    return [
      words(`${after(step)}, compared with the last convolution, the gradient at the stem is `),
      ...listed(ratios, (ratio) => `${times(ratio)} times as large`),
      ...(first.length === 0
        ? []
        : [
            words(`; ${from === 0 ? 'before the first step' : after(from).toLowerCase()} it was `),
            ...listed(first, (ratio) => `${times(ratio)} times`),
          ]),
      words(grows ? '. Where it is large, it grows toward the input.' : '.'),
    ];
  },
};
