import { type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { PadNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { asMap, type Operation, type Unary } from './operation.ts';
import { conv, convInputGradient } from './tensors/conv2d.ts';
import { withAddend } from './tensors/scaled-sum.ts';

/** Names of the kernels in tfjs' registry. */
export const PAD_SHORTCUT = 'PadShortcut';
export const PAD_SHORTCUT_GRADIENT = 'PadShortcutGradient';

/**
 * The filter [1, 1, in, out] that keeps channel i as channel i and leaves the new ones 0. With it a shortcut of
 * option A is a convolution, and exact: x * 1 + 0.
 */
function padFilter(inChannels: number, outChannels: number): Tensor4D {
  const values = new Float32Array(inChannels * outChannels);
  for (let channel = 0; channel < inChannels; channel++) values[channel * outChannels + channel] = 1;
  return tensor4d(values, [1, 1, inChannels, outChannels]);
}

/**
 * A shortcut of option A (He et al. 2015, section 3.3): every `stride`-th pixel, and zeros in the new channels.
 * x [N, H, W, in] -> [N, ceil(H/stride), ceil(W/stride), channels].
 */
export function padShortcut(x: Tensor4D, stride: number, channels: number): Tensor4D {
  if (hasKernel(PAD_SHORTCUT)) return callKernel(PAD_SHORTCUT, { x }, { stride, channels });
  return tidy(() => conv(x, padFilter(x.shape[3], channels), stride));
}

/** The gradient of `padShortcut` by x, with what is already known of it added. */
export function padShortcutGradient(
  dy: Tensor4D,
  stride: number,
  inputShape: Tensor4D['shape'],
  addend?: Tensor4D,
): Tensor4D {
  if (hasKernel(PAD_SHORTCUT_GRADIENT)) {
    return callKernel(PAD_SHORTCUT_GRADIENT, { dy, addend }, { stride, inputShape });
  }
  const dx = tidy(() => convInputGradient(dy, padFilter(inputShape[3], dy.shape[3]), stride, inputShape));
  return withAddend(dx, addend && { shortcut: addend, gain: null });
}

/** Every `stride`-th pixel of the input, with zeros in the new channels. */
export interface PadInstruction extends Unary {
  readonly op: 'pad';
  readonly stride: number;
  readonly inChannels: number;
  readonly channels: number;
}

/** The record of the operation `pad`. */
export const padOperation: Operation<PadNode, PadInstruction> = {
  lower: ({ node: { input, stride, inChannels, shape }, output }) => ({
    ...{ op: 'pad', output, input, stride, inChannels, channels: shape[2] },
  }),
  isRecordable: () => true,
  forward: ({ input, stride, channels }, { values }) => padShortcut(values.get(input, 4), stride, channels),
  backward({ input, output, stride }, { values, gradients }) {
    const { shape } = values.get(input, 4);
    gradients.set(input, padShortcutGradient(gradients.get(output, 4), stride, shape, gradients.soFar(input)));
  },
  inputGradient({ input, stride }, dy, { values, give }) {
    give(input, padShortcutGradient(asMap(dy), stride, values.get(input, 4).shape));
  },
};
