import { engine, MaxPoolGrad, type Tensor4D, maxPool as tfjsMaxPool } from '@tensorflow/tfjs-core';
import type { MaxPoolNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { asMap, type Operation, type Unary } from './operation.ts';

export const MAX_POOL = 'WindowMax';
export const MAX_POOL_GRADIENT = 'WindowMaxGradient';

/** Kernel, stride and padding of a pool, and the height and width of its output. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Rows and columns before the first. */
  readonly padding: number;
  readonly height: number;
  readonly width: number;
}

type Pads = [[number, number], [number, number], [number, number], [number, number]];

/** Padding in tfjs' form: after the last row and column as much as the output's size takes, which may be negative. */
function padsOf({ kernel, stride, padding, height, width }: Window, [, inHeight, inWidth]: Tensor4D['shape']): Pads {
  const behind = (out: number, size: number) => (out - 1) * stride + kernel - size - padding;
  return [
    [0, 0],
    [padding, behind(height, inHeight)],
    [padding, behind(width, inWidth)],
    [0, 0],
  ];
}

/** Max pooling: [N, H, W, C] -> [N, height, width, C]. Padding never is the maximum. */
export function maxPool(x: Tensor4D, window: Window): Tensor4D {
  if (hasKernel(MAX_POOL)) return callKernel(MAX_POOL, { x }, { ...window });
  return tfjsMaxPool(x, window.kernel, window.stride, padsOf(window, x.shape));
}

/** The gradient of `maxPool`; y is its output. Goes to the first maximum of each window. */
export function maxPoolGradient(dy: Tensor4D, x: Tensor4D, y: Tensor4D, window: Window): Tensor4D {
  if (hasKernel(MAX_POOL_GRADIENT)) return callKernel(MAX_POOL_GRADIENT, { dy, x }, { ...window });
  const { kernel, stride } = window;
  const attrs = { filterSize: [kernel, kernel], strides: [stride, stride], pad: padsOf(window, x.shape) };
  return engine().runKernel(MaxPoolGrad, { dy, input: x, output: y }, attrs);
}

export interface MaxPoolInstruction extends Unary {
  readonly op: 'maxpool';
  readonly window: Window;
}

export const maxPoolOperation: Operation<MaxPoolNode, MaxPoolInstruction> = {
  lower: ({ node: { input, kernel, stride, padding, shape }, output }) => ({
    ...{ op: 'maxpool', output, input, window: { kernel, stride, padding, height: shape[0], width: shape[1] } },
  }),
  rereadsOutput: () => true,
  forward: ({ input, window }, { values }) => maxPool(values.get(input, 4), window),
  backward({ input, output, window }, { values, gradients }) {
    const [dy, x, y] = [gradients.get(output, 4), values.get(input, 4), values.get(output, 4)];
    gradients.accumulate(input, maxPoolGradient(dy, x, y, window));
  },
  inputGradient({ input, output, window }, dy, { values, give }) {
    give(input, maxPoolGradient(asMap(dy), values.get(input, 4), values.get(output, 4), window));
  },
};
