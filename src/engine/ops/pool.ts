import {
  engine,
  MaxPoolGrad,
  mean,
  mul,
  type NamedAttrMap,
  reshape,
  type Tensor2D,
  type Tensor4D,
  maxPool as tfjsMaxPool,
  tidy,
  tile,
} from '@tensorflow/tfjs-core';
import type { MaxPoolNode, PoolNode } from '../../core/net/node.ts';
import { callKernel, hasKernel, numeric } from '../kernels/registry.ts';
import { ofRank } from '../weights/tensor-map.ts';
import { asMap, type Operation, type Unary } from './operation.ts';

/** Names of the kernels in tfjs' registry. */
export const POOL = 'Pool';
export const POOL_GRADIENT = 'PoolGradient';

/** Global average pooling: [N, H, W, C] -> [N, C]. */
export function pool(x: Tensor4D): Tensor2D {
  return hasKernel(POOL) ? callKernel(POOL, { x }) : mean(x, [1, 2]);
}

/** The gradient of `pool`: each pixel gets its share. */
export function poolGradient(dy: Tensor2D, inputShape: Tensor4D['shape']): Tensor4D {
  if (hasKernel(POOL_GRADIENT)) return callKernel(POOL_GRADIENT, { dy }, { inputShape });
  return tidy(() => spread(dy, inputShape));
}

/** Each pixel of [N, H, W, C] gets an equal share of dy [N, C]. */
function spread(dy: Tensor2D, [batch, height, width, channels]: Tensor4D['shape']): Tensor4D {
  const share: Tensor4D = reshape(mul(dy, 1 / (height * width)), [batch, 1, 1, channels]);
  return tile(share, [1, height, width, 1]);
}

/** Global average pooling of the input. */
export interface PoolInstruction extends Unary {
  readonly op: 'pool';
}

/** The record of the operation `pool`. */
export const poolOperation: Operation<PoolNode, PoolInstruction> = {
  lower: ({ node: { input }, output }) => ({ op: 'pool', output, input }),
  isRecordable: () => true,
  forward: ({ input }, { values }) => pool(values.get(input, 4)),
  backward({ input, output }, { values, gradients }) {
    gradients.accumulate(input, poolGradient(gradients.get(output, 2), values.get(input, 4).shape));
  },
  inputGradient({ input }, dy, { values, give }) {
    give(input, spread(ofRank(dy, 2), values.get(input, 4).shape));
  },
};

/** Names of the kernels in tfjs' registry; it has a MaxPool of its own. */
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

/** The window that the attributes of a kernel describe. */
export function windowOf(attrs: NamedAttrMap): Window {
  const [kernel, stride, padding] = [numeric(attrs, 'kernel'), numeric(attrs, 'stride'), numeric(attrs, 'padding')];
  return { kernel, stride, padding, height: numeric(attrs, 'height'), width: numeric(attrs, 'width') };
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
  if (hasKernel(MAX_POOL_GRADIENT)) return callKernel(MAX_POOL_GRADIENT, { dy, x, y }, { ...window });
  const { kernel, stride } = window;
  const attrs = { filterSize: [kernel, kernel], strides: [stride, stride], pad: padsOf(window, x.shape) };
  return engine().runKernel(MaxPoolGrad, { dy, input: x, output: y }, attrs);
}

/** Max pooling of the input. */
export interface MaxPoolInstruction extends Unary {
  readonly op: 'maxpool';
  readonly window: Window;
}

/** The record of the operation `maxpool`. */
export const maxPoolOperation: Operation<MaxPoolNode, MaxPoolInstruction> = {
  lower: ({ node: { input, kernel, stride, padding, shape }, output }) => ({
    ...{ op: 'maxpool', output, input, window: { kernel, stride, padding, height: shape[0], width: shape[1] } },
  }),
  rereadsOutput: () => true,
  isRecordable: () => hasKernel(MAX_POOL) && hasKernel(MAX_POOL_GRADIENT),
  forward: ({ input, window }, { values }) => maxPool(values.get(input, 4), window),
  backward({ input, output, window }, { values, gradients }) {
    const [dy, x, y] = [gradients.get(output, 4), values.get(input, 4), values.get(output, 4)];
    gradients.accumulate(input, maxPoolGradient(dy, x, y, window));
  },
  inputGradient({ input, output, window }, dy, { values, give }) {
    give(input, maxPoolGradient(asMap(dy), values.get(input, 4), values.get(output, 4), window));
  },
};
