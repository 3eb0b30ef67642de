import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { RaceData } from '../data/race-data.ts';
import { disposeBatch, upload } from './evaluation.ts';

/** Batches that a net's statistics are measured on anew. */
const BATCHES = 8;

/** Does the work with the images of the batches that follow `steps` finished ones, on the device while it lasts. */
export function withNextImages<T>(data: RaceData, steps: number, work: (batches: readonly Tensor4D[]) => T): T {
  const numbers = Array.from({ length: BATCHES }, (_, index) => steps + index);
  const batches = numbers.map((step) => upload(data.batch(step), data.size, data.classes));
  try {
    return work(batches.map(({ images }) => images));
  } finally {
    batches.forEach(disposeBatch);
  }
}
