import { Conv2DBackpropFilter, Conv2DBackpropInput, conv2d, engine, type Tensor4D } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];

const layout = (stride: number) => ({
  strides: [stride, stride],
  pad: 'same',
  dataFormat: 'NHWC',
});

/**
 * Convolution without a bias. x [N, H, W, in], weight [height, width, in, out] -> [N, ceil(H/stride),
 * ceil(W/stride), out]. Where the padding is odd the extra row or column is at the bottom and right.
 */
export function conv(x: Tensor4D, weight: Tensor4D, stride: number): Tensor4D {
  return conv2d(x, weight, stride, 'same');
}

/** The gradient of `conv` by x, of shape `inputShape`. */
export function convInputGradient(dy: Tensor4D, weight: Tensor4D, stride: number, inputShape: Shape4D): Tensor4D {
  return engine().runKernel(Conv2DBackpropInput, { dy, filter: weight }, { ...layout(stride), inputShape });
}

/** The gradient of `conv` by its weight, of shape `filterShape`. */
export function convFilterGradient(x: Tensor4D, dy: Tensor4D, stride: number, filterShape: Shape4D): Tensor4D {
  return engine().runKernel(Conv2DBackpropFilter, { x, dy }, { ...layout(stride), filterShape });
}
