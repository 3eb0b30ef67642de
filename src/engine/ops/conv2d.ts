import {
  add,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  conv2d,
  engine,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Padding } from '../../spec/node.ts';
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
  /** What `normForward` takes as its input's moments; null where the backend leaves that to it. */
  readonly moments: Tensor | null;
}

/** The same before a normalisation, which needs the moments of what comes out. */
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

/** The gradient of `conv` by x, of shape `inputShape`, with what is already known of it added. */
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

/** dx, which it takes over, with what is already known of it added. */
export function withAddend(dx: Tensor4D, addend: Tensor4D | undefined): Tensor4D {
  if (addend === undefined) return dx;
  const total: Tensor4D = add(dx, addend);
  dx.dispose();
  return total;
}

/**
 * The gradient of `conv` by its weight, of shape `filterShape`, or in parts [parts, ...filterShape], whose sum it is.
 * It may be put in `place`, a tensor of its shape.
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
