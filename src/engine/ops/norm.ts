import {
  add,
  mean,
  mul,
  reshape,
  rsqrt,
  type Scalar,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
  unstack,
} from '@tensorflow/tfjs-core';
import type { NormNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { type Addend, type Rectified, rectify, reluGradient, withAddend } from './tensors/scaled-sum.ts';

/** Added to the variance under the root (Ioffe and Szegedy 2015). */
export const EPSILON = 1e-5;

/** Names of the kernels in tfjs' registry. */
export const NORM_FORWARD = 'NormForward';
export const NORM_BACKWARD = 'NormBackward';
export const NORM_EVALUATE = 'NormEvaluate';

/** What follows the normalisation: an affine map of each channel, a shortcut, a ReLU. */
export interface NormOptions extends Rectified {
  readonly scale: Tensor1D;
  readonly shift: Tensor1D;
  /** The shortcut that is added after the normalisation, times its scalar gain; null if there is none. */
  readonly sum: { readonly shortcut: Tensor4D; readonly gain: Scalar } | null;
}

const OVER_IMAGES = [0, 1, 2];

/** relu?(scale * xHat + shift + gain * shortcut), given the normalised xHat. */
function finish(xHat: Tensor4D, { scale, shift, sum, ...end }: NormOptions): Tensor4D {
  const normed: Tensor4D = add(mul(xHat, scale), shift);
  const total: Tensor4D = sum === null ? normed : add(normed, mul(sum.shortcut, sum.gain));
  return rectify(total, end);
}

function attributesOf({ relu, slope = 0 }: Rectified) {
  return { relu, slope, epsilon: EPSILON };
}

function normaliseBy(x: Tensor4D, statistics: Tensor2D): Tensor4D {
  const [mu, variance] = unstack(statistics);
  if (mu === undefined || variance === undefined) throw new Error('statistics: shape must be [2, channels]');
  return mul(sub(x, mu), rsqrt(add(variance, EPSILON)));
}

/** Optional inputs of `normForward`: partial moments of x, and a tensor [2, C] to write the statistics into. */
export interface NormForwardBuffers {
  readonly moments?: Tensor | undefined;
  readonly place?: Tensor | undefined;
}

/**
 * Batch normalisation with the statistics of this batch. x [N, H, W, C]; the statistics are [2, C]: mean and
 * biased variance over batch, height and width.
 */
export function normForward(
  x: Tensor4D,
  options: NormOptions,
  buffers: NormForwardBuffers = {},
): { readonly y: Tensor4D; readonly statistics: Tensor2D } {
  if (hasKernel(NORM_FORWARD)) {
    const { scale, shift, sum: added } = options;
    const { moments, place } = buffers;
    const inputs = { x, scale, shift, shortcut: added?.shortcut, gain: added?.gain, moments, place };
    const attrs = attributesOf(options);
    const [y, statistics] = callKernel<[Tensor4D, Tensor2D]>(NORM_FORWARD, inputs, attrs);
    return { y, statistics };
  }
  return tidy(() => {
    const mu = mean(x, OVER_IMAGES);
    const moments = stack<Tensor>([mu, mean(square(sub(x, mu)), OVER_IMAGES)]);
    const statistics: Tensor2D = reshape(moments, [2, x.shape[3]]);
    return { y: finish(normaliseBy(x, statistics), options), statistics };
  });
}

/** The same with given statistics, as evaluation uses it. */
export function normEvaluate(x: Tensor4D, statistics: Tensor2D, options: NormOptions): Tensor4D {
  if (hasKernel(NORM_EVALUATE)) {
    const { scale, shift, sum: added } = options;
    const inputs = { x, scale, shift, shortcut: added?.shortcut, gain: added?.gain, statistics };
    return callKernel(NORM_EVALUATE, inputs, attributesOf(options));
  }
  return tidy(() => finish(normaliseBy(x, statistics), options));
}

/** Gradients of `normForward`. */
export type NormGradients = {
  readonly dx: Tensor4D;
  /** Gradient of the scale, [C] or partial sums [parts, C]; `dShift` likewise. */
  readonly dScale: Tensor;
  readonly dShift: Tensor;
  /** The shortcut's gradient, gain included; absent where there is no sum. */
  readonly dShortcut?: Tensor4D;
};

/** Optional tensors to write the parameter gradients into, of the same shapes. */
export interface NormGradientBuffers {
  readonly scale?: Tensor | undefined;
  readonly shift?: Tensor | undefined;
}

/** What the gradients of a norm depend on beside its values: scale, the shortcut's gain, the ReLU's slope below zero. */
export interface NormParameters {
  readonly scale: Tensor1D;
  readonly gain: Scalar | null;
  readonly slope?: number | undefined;
}

/**
 * Gradients of `normForward` with respect to all its inputs, through the statistics, too. `y` is its output, from
 * which the ReLU's mask is read; null where there was no ReLU. `gain` is the shortcut's, null where none was added. An
 * addend times its gain is added to dx.
 * Formula: Ioffe and Szegedy 2015, section 3, collected by terms.
 */
export function normBackward(
  dy: Tensor4D,
  x: Tensor4D,
  y: Tensor4D | null,
  statistics: Tensor2D,
  { scale, gain, slope = 0 }: NormParameters,
  buffers: NormGradientBuffers = {},
  addend?: Addend<Tensor4D>,
): NormGradients {
  if (hasKernel(NORM_BACKWARD)) {
    const inputs = {
      dy,
      x,
      // Without a ReLU the kernel does not read y.
      y: y ?? x,
      statistics,
      scale,
      gain: gain ?? undefined,
      addend: addend?.shortcut,
      addendGain: addend?.gain ?? undefined,
      scalePlace: buffers.scale,
      shiftPlace: buffers.shift,
    };
    const attrs = attributesOf({ relu: y !== null, slope });
    type Outputs = [Tensor4D, Tensor, Tensor, Tensor4D];
    const [dx, dScale, dShift, dShortcut] = callKernel<Outputs>(NORM_BACKWARD, inputs, attrs);
    return gain === null ? { dx, dScale, dShift } : { dx, dScale, dShift, dShortcut };
  }
  return tidy(() => {
    const dz: Tensor4D = y === null ? dy : reluGradient(dy, y, slope);
    const xHat = normaliseBy(x, statistics);
    const dShift: Tensor1D = sum(dz, OVER_IMAGES);
    const dScale: Tensor1D = sum(mul(dz, xHat), OVER_IMAGES);
    const count = x.size / x.shape[3];
    const [, variance] = unstack(statistics);
    if (variance === undefined) throw new Error('statistics: shape must be [2, channels]');
    const centred = sub(sub(dz, mul(dShift, 1 / count)), mul(xHat, mul(dScale, 1 / count)));
    const dx = withAddend<Tensor4D>(mul(centred, mul(scale, rsqrt(add(variance, EPSILON)))), addend);
    return gain === null ? { dx, dScale, dShift } : { dx, dScale, dShift, dShortcut: mul<Tensor4D>(dz, gain) };
  });
}

/** relu?(norm(input) + gain * shortcut), the sum only at the end of a block. */
export interface NormInstruction extends Unary, End {
  readonly op: 'norm';
  /** The norm node: it names the scale, the shift and the statistics. */
  readonly norm: string;
  readonly scale: string;
  readonly shift: string;
  readonly channels: number;
}

/** The record of the operation `norm`. */
export const normOperation: Operation<NormNode, NormInstruction> = {
  lower: ({ node: { name, input, shape }, output, sum, relu, slope }) => ({
    ...{ op: 'norm', output, input, norm: name, scale: `${name}.scale`, shift: `${name}.shift` },
    ...{ channels: shape[2], sum, relu, slope },
  }),
  parameters: ({ scale, shift }) => [scale, shift],
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,

  forward({ input, norm, scale, shift, sum: added, relu, slope }, context) {
    const { weights, values, statistics, moments, which } = context;
    const x = values.get(input, 4);
    const options = {
      scale: weights.parameters.get(scale, 1),
      shift: weights.parameters.get(shift, 1),
      sum: addendOf(added, weights, values),
      relu,
      slope,
    };
    if (which === 'running') return normEvaluate(x, weights.running.get(norm, 2), options);
    const normed = normForward(x, options, {
      moments: moments.find(input),
      place: weights.statisticsBuffers?.find(norm),
    });
    moments.delete(input);
    statistics.set(norm, normed.statistics);
    return normed.y;
  },

  backward({ input, output, norm, scale, shift, sum: added, relu, slope }, context) {
    const { weights, values, statistics, gradients, byParameter } = context;
    const x = values.get(input, 4);
    const y = relu ? values.get(output, 4) : null;
    const gain = added === null ? null : weights.gain(added.block);
    const buffers = weights.gradientBuffers;
    const { dx, dScale, dShift, dShortcut } = normBackward(
      gradients.get(output, 4),
      x,
      y,
      statistics.get(norm, 2),
      { scale: weights.parameters.get(scale, 1), gain, slope },
      { scale: buffers?.find(scale), shift: buffers?.find(shift) },
      gradients.addendOf(input),
    );
    byParameter.set(scale, dScale);
    byParameter.set(shift, dShift);
    gradients.set(input, dx);
    if (added !== null && dShortcut !== undefined) gradients.accumulate(added.shortcut, dShortcut);
  },

  inputGradient({ input, output, norm, scale, sum: added, relu, slope }, dy, { weights, values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(added, dz, () => {
      const [, variance] = unstack(weights.running.get(norm, 2));
      if (variance === undefined) throw new Error('statistics: shape must be [2, channels]');
      give(input, mul(dz, mul(weights.parameters.get(scale, 1), rsqrt(add(variance, EPSILON)))));
    });
  },
};
