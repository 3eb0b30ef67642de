import { tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import type { Labels } from '../ops/tensors/loss.ts';

/** Class indices, as the losses need them. */
export function makeLabels(indices: Int32Array, classes: number): Labels {
  const ones = new Float32Array(indices.length * classes);
  indices.forEach((label, row) => {
    ones[row * classes + label] = 1;
  });
  return { indices: tensor1d(indices, 'int32'), oneHot: tensor2d(ones, [indices.length, classes]) };
}

export function disposeLabels({ indices, oneHot: floats }: Labels): void {
  indices.dispose();
  floats.dispose();
}
