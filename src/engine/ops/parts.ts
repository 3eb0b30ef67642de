import { type Rank, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/** A gradient of the shape of what it is by: the sum of its parts, where it comes in parts. */
export function wholeGradient<R extends Rank>(gradient: Tensor, by: Tensor<R>): Tensor<R> {
  return gradient.rank > by.rank ? sum<Tensor<R>>(gradient, 0) : reshape<R>(gradient, by.shape);
}
