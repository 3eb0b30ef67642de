import {
  add,
  matMul,
  mean,
  mul,
  reshape,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
  tile,
} from '@tensorflow/tfjs-core';

/** Global average pooling: [N, H, W, C] -> [N, C]. */
export function pool(x: Tensor4D): Tensor2D {
  return mean(x, [1, 2]);
}

/** The gradient of `pool`: each pixel gets its share. */
export function poolGradient(dy: Tensor2D, [batch, height, width, channels]: Tensor4D['shape']): Tensor4D {
  return tidy(() => {
    const share: Tensor4D = reshape(mul(dy, 1 / (height * width)), [batch, 1, 1, channels]);
    return tile(share, [1, height, width, 1]);
  });
}

/** x [N, in] times weight [in, out], plus bias [out]. */
export function dense(x: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  return tidy(() => add(matMul(x, weight), bias));
}

export interface DenseGradients {
  readonly dx: Tensor2D;
  readonly dWeight: Tensor2D;
  readonly dBias: Tensor1D;
}

/** The gradient of `dense` by everything that it takes. */
export function denseGradient(dy: Tensor2D, x: Tensor2D, weight: Tensor2D): DenseGradients {
  const dBias: Tensor1D = sum(dy, 0);
  return { dx: matMul(dy, weight, false, true), dWeight: matMul(x, dy, true, false), dBias };
}
