import {
  add,
  leakyRelu,
  mul,
  relu,
  reshape,
  type Scalar,
  step,
  sum,
  type Tensor,
  type Tensor1D,
  tidy,
} from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';

/** Names of the kernels in tfjs' registry. */
export const SCALED_SUM = 'ScaledSum';
export const SCALED_SUM_GRADIENT = 'ScaledSumGradient';
export const CHANNEL_SUMS = 'ChannelSums';

/** A ReLU behind a layer, or none; `slope` is its slope below zero, 0 if left out. */
export interface Rectified {
  readonly relu: boolean;
  readonly slope?: number | undefined;
}

/** What is added to a layer's output: a tensor of its shape, times a scalar gain; null stands for 1. */
export interface Addend<T extends Tensor = Tensor> {
  readonly shortcut: T;
  readonly gain: Scalar | null;
}

/** The factor of x in `scaledSum`, a tensor of one number where that is trained or changes; 1 if left out. */
export interface Scaled {
  readonly factor?: Tensor | number;
}

/** relu?(factor * x + gain * shortcut), a new tensor. In kernels a factor of 0 keeps nothing of x, not even NaN. */
export function scaledSum<T extends Tensor>(
  x: T,
  { factor = 1, sum = null, relu, slope = 0 }: Scaled & Rectified & { readonly sum?: Addend | null },
): T {
  if (hasKernel(SCALED_SUM)) {
    const [tensor, number] = typeof factor === 'number' ? [undefined, factor] : [factor, 1];
    const inputs = { x, factor: tensor, shortcut: sum?.shortcut, gain: sum?.gain ?? undefined };
    return callKernel(SCALED_SUM, inputs, { factor: number, relu, slope });
  }
  return tidy(() => {
    const scaled = factor === 1 ? x.clone() : mul<T>(x, factor);
    return finish(sum === null ? scaled : add<T>(scaled, weighted(sum)), { relu, slope });
  });
}

function weighted({ shortcut, gain }: Addend): Tensor {
  return gain === null ? shortcut : mul(shortcut, gain);
}

function finish<T extends Tensor>(x: T, end: Rectified): T {
  if (!end.relu) return x;
  return end.slope ? leakyRelu<T>(x, end.slope) : relu<T>(x);
}

/** x + gain * shortcut where there is an addend, else x; takes ownership of x. */
export function withAddend<T extends Tensor>(x: T, addend: Addend | undefined): T {
  if (addend === undefined) return x;
  const total = scaledSum(x, { sum: addend, relu: false });
  x.dispose();
  return total;
}

/** A ReLU: x where it is above zero, else slope * x. Returns x itself where there is no ReLU. */
export function rectify<T extends Tensor>(x: T, end: Rectified): T {
  return end.relu ? scaledSum(x, end) : x;
}

/** What the gradients of `scaledSum` are computed from. */
export interface ScaledSumValues extends Scaled {
  /** Its output, from which the ReLU's mask is read; null where there was no ReLU. */
  readonly y: Tensor | null;
  readonly slope?: number | undefined;
  /** The gain of the shortcut; null where none was added. */
  readonly gain?: Scalar | null;
  /** The input, where the factor's gradient is wanted, and optionally a tensor to write that into. */
  readonly x?: Tensor;
  readonly place?: Tensor | undefined;
}

/** Gradients of `scaledSum`. */
export interface ScaledSumGradients<T extends Tensor> {
  readonly dx: T;
  /** The shortcut's gradient, gain included; absent where there is no gain. */
  readonly dShortcut?: T | undefined;
  /** The factor's gradient, [1] or partial sums [parts, 1]; absent where x is not given. */
  readonly dFactor?: Tensor | undefined;
}

/** The gradients of `scaledSum` by x, the shortcut and the factor. */
export function scaledSumGradient<T extends Tensor>(dy: T, values: ScaledSumValues): ScaledSumGradients<T> {
  const { y, slope = 0, gain = null, factor = 1, x, place } = values;
  // Without ReLU and factor, dy passes through.
  const through = y !== null || factor !== 1;
  if (!through && gain === null) return { dx: tidy(() => dy.clone()) };
  if (hasKernel(SCALED_SUM_GRADIENT)) {
    const [tensor, number] = typeof factor === 'number' ? [undefined, factor] : [factor, 1];
    const inputs = { dy, y: y ?? undefined, x, factor: tensor, gain: gain ?? undefined, place };
    const outputs = callKernel<T[]>(SCALED_SUM_GRADIENT, inputs, { factor: number, slope, through });
    const dx = through ? outputs.shift() : dy.clone();
    const dShortcut = gain === null ? undefined : outputs.shift();
    if (dx === undefined) throw new Error('scaled sum: no gradient');
    return { dx, dShortcut, dFactor: outputs.shift() };
  }
  const dz = tidy((): T => (y === null ? dy.clone() : mul(dy, step(y, slope))));
  const dShortcut = gain === null ? undefined : mul<T>(dz, gain);
  const dFactor = x === undefined ? undefined : tidy(() => reshape(sum(mul(dz, x)), [1]));
  if (factor === 1) return { dx: dz, dShortcut, dFactor };
  const dx: T = mul(dz, factor);
  dz.dispose();
  return { dx, dShortcut, dFactor };
}

/** The gradient with respect to a ReLU's input; y is its output. Where that is 0 the gradient is dy times the slope. */
export function reluGradient<T extends Tensor>(dy: T, y: Tensor, slope = 0): T {
  return scaledSumGradient(dy, { y, slope }).dx;
}

/**
 * The gradient of a bias [C]: the sum of dy over all axes but the last, or parts of it, [parts, C]. Written into `place`
 * if that is given and has its shape.
 */
export function channelSums(dy: Tensor, place?: Tensor): Tensor {
  if (hasKernel(CHANNEL_SUMS)) return callKernel(CHANNEL_SUMS, { x: dy, place });
  const axes = Array.from({ length: dy.rank - 1 }, (_, side) => side);
  return sum<Tensor1D>(dy, axes);
}
