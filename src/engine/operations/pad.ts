import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { conv, convInputGradient } from './conv.ts';

/**
 * The filter [1, 1, in, out] that keeps channel i as channel i and leaves the new ones 0. With it a shortcut of
 * option A, every `stride`-th pixel padded with zero channels, is a convolution, and exact: x * 1 + 0.
 */
export function padFilter(inChannels: number, outChannels: number): Tensor4D {
  const values = new Float32Array(inChannels * outChannels);
  for (let channel = 0; channel < inChannels; channel++) values[channel * outChannels + channel] = 1;
  return tensor4d(values, [1, 1, inChannels, outChannels]);
}

/** x [N, H, W, in] -> [N, ceil(H/stride), ceil(W/stride), out]. */
export function pad(x: Tensor4D, filter: Tensor4D, stride: number): Tensor4D {
  return conv(x, filter, stride);
}

/** The gradient of `pad` by x. */
export function padGradient(dy: Tensor4D, filter: Tensor4D, stride: number, inputShape: Tensor4D['shape']): Tensor4D {
  return convInputGradient(dy, filter, stride, inputShape);
}
