import { type Tensor4D, tensor1d, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import type { Batch } from '../../data/batches/batches.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import type { Labels } from '../ops/tensors/loss.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';

/** Maximum number of images in a forward pass with the running statistics. */
export const EVALUATION_CHUNK = 100;

/** Maximum number of images in a forward pass with batch statistics, which depend on it. */
export const TRAINING_CHUNK = 250;

/** Number of training batches on which norm statistics are recalibrated. */
export const CALIBRATION_BATCHES = 8;

/** Images [N, size, size, 3] and their labels, on the device. */
export interface DeviceBatch {
  readonly images: Tensor4D;
  readonly labels: Labels;
  /** The training step that uses it, which seeds dropout; missing for evaluation. */
  readonly step?: number;
}

/** Uploads images [N, size, size, 3] and their class indices to the device. */
export function upload({ images, labels }: Batch, size: number, classes: number): DeviceBatch {
  return disposeOnError(() => ({
    images: tensor4d(images, [labels.length, size, size, 3]),
    labels: makeLabels(labels, classes),
  }));
}

/** Frees a batch's tensors. */
export function disposeBatch({ images, labels }: DeviceBatch): void {
  images.dispose();
  disposeLabels(labels);
}

/** Class indices, as the losses need them. */
export function makeLabels(indices: Int32Array, classes: number): Labels {
  const ones = new Float32Array(indices.length * classes);
  indices.forEach((label, row) => {
    ones[row * classes + label] = 1;
  });
  return { indices: tensor1d(indices, 'int32'), oneHot: tensor2d(ones, [indices.length, classes]) };
}

/** Frees the tensors of labels. */
export function disposeLabels({ indices, oneHot }: Labels): void {
  indices.dispose();
  oneHot.dispose();
}

/**
 * Calls `work` with the images [batch, size, size, 3] of the 8 batches after `steps`, and disposes of them after it.
 */
export function withCalibrationBatches<T>(data: RaceData, steps: number, work: (batches: readonly Tensor4D[]) => T): T {
  const numbers = Array.from({ length: CALIBRATION_BATCHES }, (_, index) => steps + index);
  return disposeOnError(() => {
    const batches = numbers.map((step) => upload(data.batch(step), data.size, data.classes));
    const result = work(batches.map(({ images }) => images));
    batches.forEach(disposeBatch);
    return result;
  });
}

/**
 * Cuts the first `count` images into as few equal chunks of at most `most` images as hold them. Where the number of chunks
 * does not divide that of the images, the last few are left out, fewer than there are chunks.
 */
export function batchChunks({ images, labels }: Batch, most: number, count = labels.length): readonly Batch[] {
  const all = Math.min(count, labels.length);
  const chunks = Math.ceil(all / most);
  const chunk = Math.floor(all / chunks);
  const pixels = images.length / labels.length;
  return Array.from({ length: chunks }, (_, index) => ({
    images: images.subarray(index * chunk * pixels, (index + 1) * chunk * pixels),
    labels: labels.subarray(index * chunk, (index + 1) * chunk),
  }));
}
