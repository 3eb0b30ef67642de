import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import type { SgdRates } from '../ops/tensors/updates.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { readTensors } from '../weights/readback.ts';
import type { DeviceBatch } from './device-batch.ts';
import { disposeBatch } from './device-batch.ts';
import type { Model } from './model.ts';

/** Steps until the initial batch-norm statistics have decayed (0.9^25 = 0.07). */
const GATHERED = 25;

/** A lane's state in a race: its net on the device, the steps that it has begun, and whether it diverged. */
export class Lane {
  readonly spec: LaneSpec;
  readonly model: Model;
  /** The present net; before a lane was grown, a smaller one than in `spec`. */
  readonly net: NetSpec;
  /** Steps begun. Step n trains on batch n. */
  steps = 0;
  /** Whether the gains have changed between two steps since the running statistics were last recalibrated. */
  stale = false;
  divergedAt: number | null = null;
  /** Whether it is being replaced by a larger net, and makes no step meanwhile. */
  growing = false;
  /** The larger net that replaced it when it was grown: what is still to be read of its last steps is told as that one's. */
  successor: Lane | null = null;
  /** Gains of the last step, by block; null before the first step. */
  #lastGains: readonly number[] | null = null;

  constructor(spec: LaneSpec, model: Model, net: NetSpec) {
    this.spec = spec;
    this.model = model;
    this.net = net;
  }

  /** Whether it has not diverged. */
  get racing(): boolean {
    return this.divergedAt === null;
  }

  /** The lane that this one has been grown into by now, or itself. */
  get latest(): Lane {
    return this.successor?.latest ?? this;
  }

  /** Marks it, and what it was grown into meanwhile, as diverged in this step. */
  diverge(step: number): void {
    this.divergedAt = step;
    this.successor?.diverge(step);
  }

  /** Whether its running statistics fit its function: gathered over at least 25 steps, with the present gains. */
  get fits(): boolean {
    const { gains } = this.model;
    return (
      this.steps >= GATHERED && !this.stale && this.#lastGains?.every((gain, index) => gain === gains[index]) === true
    );
  }

  /** Sets the gain of every block. */
  setGains(gains: readonly number[]): void {
    for (const [index, gain] of gains.entries()) {
      if (this.model.gains[index] !== gain) this.model.setGain(index + 1, gain);
    }
  }

  /** Sets the gains of its last step again, until those of its next one are set; a net that has grown since keeps its own. */
  setLastGains(): void {
    if (this.#lastGains?.length === this.model.gains.length) this.setGains(this.#lastGains);
  }

  /** Begins a step with these gains, and marks the running statistics as stale if they differ from the last one's. */
  begin(gains: readonly number[]): void {
    this.setGains(gains);
    if (this.#lastGains?.some((gain, index) => gain !== gains[index])) this.stale = true;
    this.#lastGains = [...gains];
  }

  /** A copy at the present step, read back while training goes on. */
  async snapshot(): Promise<LaneSnapshot> {
    const { net, steps, stale, divergedAt } = this;
    return { net, steps, stale, divergedAt, values: await readTensors(this.model.stateTensors()) };
  }

  /** Restores a snapshot; `gains` are those that it then has, `lastGains` those of its last step. */
  restore(
    { values, steps, stale, divergedAt }: LaneSnapshot,
    gains: readonly number[],
    lastGains: readonly number[],
  ): void {
    this.model.restore(values);
    this.setGains(gains);
    this.steps = steps;
    this.stale = stale;
    this.divergedAt = divergedAt;
    this.#lastGains = steps === 0 ? null : lastGains;
  }
}

/** Inputs of one training step of a lane. */
export interface Round {
  readonly batch: DeviceBatch;
  readonly rates: SgdRates;
  readonly gains: readonly number[];
}

/**
 * Repeats a lane's steps from a checkpoint up to batch `until`, and returns the first layer whose output on that batch
 * is not finite, such as "stage1.block2.conv1", or "loss" if all are finite. Waits for its turn behind each step. Disposes
 * of the lane.
 */
export async function firstNotFinite(
  lane: Lane,
  until: number,
  roundAt: (step: number) => Round,
  turn: () => Promise<void>,
): Promise<string> {
  try {
    for (; lane.steps < until; lane.steps++) {
      disposeOnError(() => {
        const { batch, rates, gains } = roundAt(lane.steps);
        lane.begin(gains);
        lane.model.step(batch, rates).dispose();
        disposeBatch(batch);
      });
      await turn();
    }
    const { batch, gains } = roundAt(until);
    try {
      lane.begin(gains);
      return (await lane.model.firstNotFinite(batch)) ?? 'loss';
    } finally {
      disposeBatch(batch);
    }
  } finally {
    lane.model.dispose();
  }
}
