import { disposeBatch } from '../evaluation/evaluation.ts';
import type { SgdRates } from '../ops/tensors/sgd.ts';
import type { DeviceBatch } from './device-batch.ts';
import type { Runner } from './runner.ts';

/** Inputs of one training step of a lane. */
export interface Round {
  readonly batch: DeviceBatch;
  readonly rates: SgdRates;
  readonly gains: readonly number[];
}

/**
 * Repeats a lane's steps from a checkpoint up to batch `until`, and returns the first layer whose output on that batch
 * is not finite, such as "stage1.block2.conv1", or "loss" if all are finite. Disposes of the lane.
 */
export async function firstNotFinite(runner: Runner, until: number, roundAt: (step: number) => Round): Promise<string> {
  try {
    for (; runner.steps < until; runner.steps++) {
      const { batch, rates, gains } = roundAt(runner.steps);
      runner.begin(gains);
      runner.lane.step(batch, rates).dispose();
      disposeBatch(batch);
    }
    const { batch, gains } = roundAt(until);
    runner.begin(gains);
    const layer = await runner.lane.firstNotFinite(batch.images);
    disposeBatch(batch);
    return layer ?? 'loss';
  } finally {
    runner.lane.dispose();
  }
}
