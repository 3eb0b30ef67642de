import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { RaceData } from '../../data/batches/race-data.ts';
import { disposeBatch, upload } from '../evaluation/evaluation.ts';

/** Number of training batches on which norm statistics are recalibrated. */
const BATCHES = 8;

/**
 * Calls `work` with the images [batch, size, size, 3] of the 8 batches after `steps`, and disposes of them after it.
 */
export function withNextImages<T>(data: RaceData, steps: number, work: (batches: readonly Tensor4D[]) => T): T {
  const numbers = Array.from({ length: BATCHES }, (_, index) => steps + index);
  const batches = numbers.map((step) => upload(data.batch(step), data.size, data.classes));
  try {
    return work(batches.map(({ images }) => images));
  } finally {
    batches.forEach(disposeBatch);
  }
}
