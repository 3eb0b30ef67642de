import { add, mul, relu as rectify, step, sum, type Tensor, type Tensor1D, tidy } from '@tensorflow/tfjs-core';

/** x + bias, the bias [C] along the last axis, with a ReLU if `relu` is true. */
export function addBias<T extends Tensor>(x: T, bias: Tensor1D, relu: boolean): T {
  return tidy(() => {
    const sum = add<T>(x, bias);
    return relu ? rectify<T>(sum) : sum;
  });
}

/** The gradient with respect to a ReLU's input; y is its output. */
export function reluGradient<T extends Tensor>(dy: T, y: Tensor): T {
  return tidy(() => mul<T>(dy, step(y)));
}

/** The gradient of a bias [C]: the sum of dy over all other axes. */
export function biasGradient(dy: Tensor): Tensor1D {
  return sum(
    dy,
    Array.from({ length: dy.rank - 1 }, (_, side) => side),
  );
}
