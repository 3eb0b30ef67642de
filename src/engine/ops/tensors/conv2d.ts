import {
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../../core/net/node.ts';
import { callKernel, hasKernel } from '../../kernels/registry.ts';
import { concatChannels, splitChannels } from './channels.ts';
import { type Addend, withAddend } from './scaled-sum.ts';

type Shape4D = [number, number, number, number];

/** Names of the kernels in tfjs' registry. */
export const CONV = 'Conv';
export const CONV_INPUT_GRADIENT = 'ConvInputGradient';
export const CONV_FILTER_GRADIENT = 'ConvFilterGradient';

const layout = (stride: number, pad: Padding) => ({
  strides: [stride, stride],
  pad,
  dataFormat: 'NHWC',
  dimRoundingMode: 'floor',
});

/**
 * Convolution without a bias. x [N, H, W, in], weight [height, width, in, out] -> [N, ceil(H/stride),
 * ceil(W/stride), out]. Where the padding is odd the extra row or column is at the bottom and right. With a number of
 * zeros on every side as `padding`, [N, floor((H + 2 * padding - height) / stride) + 1, ..., out].
 */
export function conv(x: Tensor4D, weight: Tensor4D, stride: number, padding: Padding = 'same'): Tensor4D {
  if (!hasKernel(CONV)) return conv2d(x, weight, stride, padding, 'NHWC', 1, padding === 'same' ? undefined : 'floor');
  const [y] = callKernel<[Tensor4D]>(CONV, { x, weight }, { stride, padding, moments: false });
  return y;
}

/** The gradient of `conv` with respect to x, of shape `inputShape`, plus an addend times its gain if there is one. */
export function convInputGradient(
  dy: Tensor4D,
  weight: Tensor4D,
  stride: number,
  inputShape: Shape4D,
  addend?: Addend<Tensor4D>,
  padding: Padding = 'same',
): Tensor4D {
  if (hasKernel(CONV_INPUT_GRADIENT)) {
    const inputs = { dy, weight, addend: addend?.shortcut, gain: addend?.gain ?? undefined };
    return callKernel(CONV_INPUT_GRADIENT, inputs, { stride, padding, inputShape });
  }
  const dx: Tensor4D = engine().runKernel(
    Conv2DBackpropInput,
    { dy, filter: weight },
    { ...layout(stride, padding), inputShape },
  );
  return withAddend(dx, addend);
}

/**
 * The gradient of `conv` with respect to its weight, of shape `filterShape`, or as partial sums [parts,
 * ...filterShape]. Written into `place` if that is given and has its shape.
 */
export function convFilterGradient(
  x: Tensor4D,
  dy: Tensor4D,
  stride: number,
  filterShape: Shape4D,
  place?: Tensor,
  padding: Padding = 'same',
): Tensor {
  if (hasKernel(CONV_FILTER_GRADIENT)) {
    return callKernel(CONV_FILTER_GRADIENT, { x, dy, place }, { stride, padding, filterShape });
  }
  return engine().runKernel(Conv2DBackpropFilter, { x, dy }, { ...layout(stride, padding), filterShape });
}

/** Stride, padding and groups of a convolution. */
export interface Sampling {
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
}

/** The shares that each group has of the channels of some tensors: for each group one part of each of them. */
export function groupsOf<T extends Tensor>(groups: number, ...tensors: readonly T[]): readonly (readonly T[])[] {
  const shares = tensors.map((x) => {
    const channels = (x.shape.at(-1) ?? 0) / groups;
    return splitChannels(
      x,
      Array.from({ length: groups }, () => channels),
    );
  });
  return Array.from({ length: groups }, (_, nth) => shares.flatMap((parts) => parts[nth] ?? []));
}

/**
 * Convolution in groups: the first filters see the first channels, and so on. x [N, H, W, in], weight
 * [height, width, in / groups, out].
 */
export function groupedConv(x: Tensor4D, weight: Tensor4D, { stride, padding, groups }: Sampling): Tensor4D {
  if (groups === 1) return conv(x, weight, stride, padding);
  return tidy(() => {
    const own = groupsOf(groups, x, weight);
    return concatChannels(own.map(([part = x, filters = weight]) => conv(part, filters, stride, padding)));
  });
}

/** The gradient of `groupedConv` with respect to x. */
export function groupedInputGradient(
  dy: Tensor4D,
  weight: Tensor4D,
  { stride, padding, groups }: Sampling,
  inputShape: Tensor4D['shape'],
): Tensor4D {
  if (groups === 1) return convInputGradient(dy, weight, stride, inputShape, undefined, padding);
  const [batch, height, width, channels] = inputShape;
  const shape: Tensor4D['shape'] = [batch, height, width, channels / groups];
  return tidy(() => {
    const own = groupsOf(groups, dy, weight);
    return concatChannels(
      own.map(([part = dy, filters = weight]) => convInputGradient(part, filters, stride, shape, undefined, padding)),
    );
  });
}

/** The gradient of `groupedConv` with respect to its weight, whole or partial [parts, ...shape]. */
export function groupedFilterGradient(
  x: Tensor4D,
  dy: Tensor4D,
  weight: Tensor4D,
  { stride, padding, groups }: Sampling,
  place?: Tensor,
): Tensor {
  if (groups === 1) return convFilterGradient(x, dy, stride, weight.shape, place, padding);
  const [height, width, from, to] = weight.shape;
  const shape: Tensor4D['shape'] = [height, width, from, to / groups];
  return tidy(() => {
    const own = groupsOf(groups, x, dy);
    const gradients = own.map(([part = x, ofPart = dy]) => {
      return convFilterGradient(part, ofPart, stride, shape, undefined, padding);
    });
    return concatChannels(gradients, place);
  });
}
