import { mean, mul, reshape, type Tensor2D, type Tensor4D, tidy, tile } from '@tensorflow/tfjs-core';
import type { PoolNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { ofRank } from '../weights/tensor-map.ts';
import type { Operation, Unary } from './operation.ts';

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

export interface PoolInstruction extends Unary {
  readonly op: 'pool';
}

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
