import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { Random } from '../data/random.ts';

/** What of a training step decides which numbers are dropped, so that the same step drops the same ones again. */
export interface Dropping {
  readonly seed: number;
  readonly step: number;
}

/** What a node of this name multiplies by: 0 at a probability of `rate`, else 1 / (1 - rate). */
export function dropoutMask(name: string, shape: readonly number[], rate: number, { seed, step }: Dropping): Tensor {
  const random = new Random(`${seed}/${name}/${step}`);
  const kept = 1 / (1 - rate);
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, () => (random.uniform() < rate ? 0 : kept));
  return tensor(values, [...shape]);
}
