import { addN, mul, type Scalar, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Batch } from '../../data/batches/batches.ts';
import type { Statistics } from '../ops/operation.ts';
import { wrongShare } from '../ops/tensors/loss.ts';
import type { DeviceBatch } from '../training/device-batch.ts';
import { disposeLabels, makeLabels } from '../training/labels.ts';
import type { Lane } from '../training/lane.ts';

/** Number of test images in one forward pass. */
export const EVALUATION_CHUNK = 100;

/** Uploads images [N, size, size, 3] and their class indices to the device. */
export function upload({ images, labels }: Batch, size: number, classes: number): DeviceBatch {
  return { images: tensor4d(images, [labels.length, size, size, 3]), labels: makeLabels(labels, classes) };
}

export function disposeBatch({ images, labels }: DeviceBatch): void {
  images.dispose();
  disposeLabels(labels);
}

/** A fixed set of images on the device, in equal chunks, on which the error of nets is measured. */
export class Evaluation {
  readonly #chunks: readonly DeviceBatch[];

  /** `chunk` is the number of images in a forward pass; images that do not fill a last chunk are left out. */
  constructor({ images, labels }: Batch, chunk: number, size: number, classes: number) {
    const pixels = size * size * 3;
    const starts = Array.from({ length: Math.floor(labels.length / chunk) }, (_, index) => index * chunk);
    this.#chunks = starts.map((from) => {
      const part = {
        images: images.subarray(from * pixels, (from + chunk) * pixels),
        labels: labels.subarray(from, from + chunk),
      };
      return upload(part, size, classes);
    });
  }

  /** The share of wrong answers in 0 .. 1, a scalar on the device. */
  wrongShare(lane: Lane, statistics: Statistics): Scalar {
    return tidy(() => {
      const shares = this.#chunks.map(({ images, labels }) =>
        wrongShare(lane.logits(images, statistics), labels.indices),
      );
      return mul(addN(shares), 1 / shares.length);
    });
  }

  get images(): readonly Tensor4D[] {
    return this.#chunks.map(({ images }) => images);
  }

  dispose(): void {
    this.#chunks.forEach(disposeBatch);
  }
}
