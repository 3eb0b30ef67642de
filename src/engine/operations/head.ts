import {
  add,
  matMul,
  mean,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
  tile,
} from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from './kernel.ts';

export const POOL = 'Pool';
export const POOL_GRADIENT = 'PoolGradient';
export const DENSE = 'Dense';
export const DENSE_GRADIENT = 'DenseGradient';

/** Global average pooling: [N, H, W, C] -> [N, C]. */
export function pool(x: Tensor4D): Tensor2D {
  return hasKernel(POOL) ? callKernel(POOL, { x }) : mean(x, [1, 2]);
}

/** The gradient of `pool`: each pixel gets its share. */
export function poolGradient(dy: Tensor2D, inputShape: Tensor4D['shape']): Tensor4D {
  if (hasKernel(POOL_GRADIENT)) return callKernel(POOL_GRADIENT, { dy }, { inputShape });
  const [batch, height, width, channels] = inputShape;
  return tidy(() => {
    const share: Tensor4D = reshape(mul(dy, 1 / (height * width)), [batch, 1, 1, channels]);
    return tile(share, [1, height, width, 1]);
  });
}

/** x [N, in] times weight [in, out], plus bias [out]. */
export function dense(x: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  if (hasKernel(DENSE)) return callKernel(DENSE, { x, weight, bias });
  return tidy(() => add(matMul(x, weight), bias));
}

export interface DenseGradients {
  readonly dx: Tensor2D;
  readonly dWeight: Tensor2D;
  readonly dBias: Tensor1D;
}

/** Where the gradients by parameters may be put: tensors of their shapes. */
export interface DensePlaces {
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
}

/** The gradient of `dense` by everything that it takes. */
export function denseGradient(dy: Tensor2D, x: Tensor2D, weight: Tensor2D, places: DensePlaces = {}): DenseGradients {
  if (hasKernel(DENSE_GRADIENT)) {
    const inputs = { dy, x, weight, weightPlace: places.weight, biasPlace: places.bias };
    const [dx, dWeight, dBias] = callKernel<[Tensor2D, Tensor2D, Tensor1D]>(DENSE_GRADIENT, inputs);
    return { dx, dWeight, dBias };
  }
  const dBias: Tensor1D = sum(dy, 0);
  return { dx: matMul(dy, weight, false, true), dWeight: matMul(x, dy, true, false), dBias };
}
