import * as v from 'valibot';
import { decimalText, formatNumber } from '../../../core/format.ts';
import type { NetSpec } from '../../../core/net/net.ts';
import { listed, parts, say } from '../../../language/say.ts';
import { claim, type FigureClaim, LIST, type NetNumber, remark, whenText } from '../readings.ts';
import { byLayer, type Compared, type Finding, type LayerOf, type LinesProbe } from './probe.ts';

/** Measured on the batch of the lane's next step. */
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
  /** The stem's gradient norm divided by the last convolution's. */
  readonly ratio: number;
  /** The norm of the gradient with respect to all parameters together. */
  readonly total: number;
}

/** The size of a layer's gradient: `raw` its norm, else gradient norm × weight norm. */
const sizeIn =
  (view: string) =>
  ({ norm, weight }: GradientsResult['layers'][number]) =>
    view === 'raw' ? norm : norm * weight;

/** From here on a gradient is called larger toward the input. */
const LARGER = 10;
/** From here on weights are said to have been lengthened. */
const LONGER = 3;

const times = (ratio: number) => (ratio < 1 ? decimalText(ratio) : ratio < 10 ? ratio.toFixed(1) : formatNumber(ratio));

export const gradients: LinesProbe<GradientsRequest, GradientsResult> = {
  schema: v.strictObject({ name: v.literal('gradients') }),
  defaults: { name: 'gradients' },
  heads: ['layer', 'block', 'gradient norm', 'weight norm', 'gradient × weight'],
  rows: ({ layers }) => layers.map(({ layer, block, norm, weight }) => [layer, block, norm, weight, norm * weight]),
  views: () => [
    { value: 'scaled', text: say('insight.gradientsScaled') },
    { value: 'raw', text: say('insight.gradientsRaw') },
  ],
  panels: (view) => [
    { key: 'gradients', title: '', ...byLayer(sizeIn(view)), start: true, y: { kind: 'log' }, rules: [] },
  ],
  reading(steps, nets, view) {
    const ratios = nets.map(({ net, now }) => numberOf(net.name, firstToLast(now, view)));
    const atStart = nets.flatMap(({ net, now, before }) => {
      const first = [before, now].find((each) => each?.step === 0);
      const value = first == null ? Number.NaN : firstToLast(first, view);
      return Number.isFinite(value) ? [{ ...numberOf(net.name, value), isNow: first === now }] : [];
    });
    const said =
      view === 'raw'
        ? parts('insight.gradientsNowRaw', { when: whenText(steps), list: LIST })
        : parts('insight.gradientsNow', { when: whenText(steps), list: LIST });
    const before = atStart.filter(({ isNow }) => !isNow);
    const larger = atStart.filter(({ value }) => value > LARGER);
    return [
      claim('gradient-first-to-last', ratios, said),
      ...(before.length === 0
        ? []
        : [claim('gradient-before-training', before, parts('insight.gradientsBefore', { list: LIST }))]),
      ...(larger.length === 0
        ? []
        : [
            claim(
              'gradient-larger-toward-input',
              larger,
              parts('insight.gradientsGrow', { nets: listed(larger.map(({ lane }) => lane)) }),
            ),
          ]),
      ...afterTraining(nets, view),
    ];
  },
};

/** What training has done to the weights of the first block; only behind normalisations, where length means nothing. */
function afterTraining(nets: readonly Compared<GradientsResult>[], view: string): readonly FigureClaim[] {
  const longer = nets.flatMap(({ net, spec, now, before }) => {
    const value = before?.step === 0 && isNormalised(spec) ? lengthened(before, now) : Number.NaN;
    return value >= LONGER
      ? [{ lane: net.name, value, said: parts('insight.gradientsLonger', { ratio: times(value), net: net.name }), now }]
      : [];
  });
  if (longer.length === 0) return [];
  const small = longer.filter(({ now }) => view === 'raw' && firstToLast(now, view) < 1);
  return [
    claim('weights-lengthened', longer, parts('insight.gradientsFlung', { list: LIST })),
    ...(small.length === 0
      ? []
      : [
          remark(
            'small-norm-is-not-vanished',
            small.map(({ lane }) => lane),
            say('insight.gradientsMislead'),
          ),
        ]),
  ];
}

function numberOf(lane: string, value: number): NetNumber {
  return { lane, value, said: parts('insight.gradientsTimes', { ratio: times(value), net: lane }) };
}

/** The size of the gradient at the first layer, divided by that at the last convolution. */
function firstToLast({ layers }: GradientsResult, view: string): number {
  const convolutions = layers.filter(({ layer }) => !layer.startsWith('head.'));
  const [first, last] = [convolutions[0], convolutions.at(-1)];
  return first === undefined || last === undefined ? Number.NaN : sizeIn(view)(first) / sizeIn(view)(last);
}

/** By how much the layer of block 1 that grew most has longer weights than before; those that began at 0 are left out. */
function lengthened(before: GradientsResult, now: GradientsResult): number {
  const was = new Map(before.layers.map(({ layer, weight }) => [layer, weight]));
  const growths = now.layers
    .filter(({ block }) => block === 1)
    .map(({ layer, weight }) => weight / (was.get(layer) ?? Number.NaN))
    .filter(Number.isFinite);
  return growths.length === 0 ? Number.NaN : Math.max(...growths);
}

/** Whether a normalisation follows every convolution before anything else is added, so that its weights' length means nothing. */
function isNormalised(spec: NetSpec): boolean {
  switch (spec.design) {
    case undefined: {
      const { norm, order } = spec.choices ?? {};
      return norm?.type !== 'none' && order !== 'pre-activation' && order !== 'norm-after-sum';
    }
    case 'vgg':
      return spec.norm;
    case 'alexnet':
      return false;
    case 'googlenet':
      return spec.form === 'pytorch';
    case 'imagenet':
      return true;
    default:
      return spec satisfies never;
  }
}
