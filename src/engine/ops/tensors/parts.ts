import { type Rank, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Sums a partial gradient [parts, ...shape] to the parameter's shape; returns a complete gradient unchanged. */
export function wholeGradient<R extends Rank>(gradient: Tensor, by: Tensor<R>): Tensor<R> {
  return gradient.rank > by.rank ? sum<Tensor<R>>(gradient, 0) : reshape<R>(gradient, by.shape);
}
