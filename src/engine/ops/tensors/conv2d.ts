import {
  add,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../../core/net/node.ts';
import { callKernel, hasKernel } from './kernel.ts';

type Shape4D = [number, number, number, number];

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

export interface ConvWithMoments {
  readonly y: Tensor4D;
  /** Partial moments of y for `normForward`; null if the backend does not compute them here. */
  readonly moments: Tensor | null;
}

/** `conv` before a norm, which needs the moments of y. */
export function convWithMoments(
  x: Tensor4D,
  weight: Tensor4D,
  stride: number,
  padding: Padding = 'same',
): ConvWithMoments {
  if (!hasKernel(CONV)) return { y: conv(x, weight, stride, padding), moments: null };
  const [y, moments] = callKernel<[Tensor4D, ...Tensor[]]>(CONV, { x, weight }, { stride, padding, moments: true });
  return { y, moments: moments ?? null };
}

/** The gradient of `conv` with respect to x, of shape `inputShape`, plus `addend` if there is one. */
export function convInputGradient(
  dy: Tensor4D,
  weight: Tensor4D,
  stride: number,
  inputShape: Shape4D,
  addend?: Tensor4D,
  padding: Padding = 'same',
): Tensor4D {
  if (hasKernel(CONV_INPUT_GRADIENT)) {
    return callKernel(CONV_INPUT_GRADIENT, { dy, weight, addend }, { stride, padding, inputShape });
  }
  const dx: Tensor4D = engine().runKernel(
    Conv2DBackpropInput,
    { dy, filter: weight },
    { ...layout(stride, padding), inputShape },
  );
  return withAddend(dx, addend);
}

/** dx + addend; takes ownership of dx. */
export function withAddend(dx: Tensor4D, addend: Tensor4D | undefined): Tensor4D {
  if (addend === undefined) return dx;
  const total: Tensor4D = add(dx, addend);
  dx.dispose();
  return total;
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
