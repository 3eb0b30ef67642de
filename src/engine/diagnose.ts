import type { DeviceBatch } from './device-batch.ts';
import { disposeBatch } from './evaluation.ts';
import type { SgdRates } from './ops/sgd.ts';
import type { Runner } from './runner.ts';

/** What a lane does in one step. */
export interface Round {
  readonly batch: DeviceBatch;
  readonly rates: SgdRates;
  readonly gains: readonly number[];
}

/**
 * Takes a lane from a checkpoint through its steps again, up to the batch of number `until`, and gives the first layer
 * whose output on that is not finite: "stage1.block2.conv1"; "loss" where all are. Disposes of the lane.
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
