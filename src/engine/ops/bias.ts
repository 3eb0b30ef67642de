import { add, mul, relu as rectify, step, sum, type Tensor, type Tensor1D, tidy } from '@tensorflow/tfjs-core';

/** relu?(x + bias), the bias [C] along the last side. */
export function addBias<T extends Tensor>(x: T, bias: Tensor1D, relu: boolean): T {
  return tidy(() => {
    const sum = add<T>(x, bias);
    return relu ? rectify<T>(sum) : sum;
  });
}

/** The gradient by what went into a ReLU; y is what came out. */
export function reluGradient<T extends Tensor>(dy: T, y: Tensor): T {
  return tidy(() => mul<T>(dy, step(y)));
}

/** The gradient of a bias [C]: the sum over all other sides. */
export function biasGradient(dy: Tensor): Tensor1D {
  return sum(
    dy,
    Array.from({ length: dy.rank - 1 }, (_, side) => side),
  );
}
