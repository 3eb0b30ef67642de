import type { LaneSpec } from '../../core/experiment/experiment.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import type { Lane } from './lane.ts';
import { readValues } from './snapshot.ts';

/** Steps until the initial batch-norm statistics have decayed (0.9^25 = 0.07). */
const GATHERED = 25;

/** A lane's state in a race: its net on the device, the steps that it has begun, and whether it diverged. */
export class Runner {
  readonly spec: LaneSpec;
  readonly lane: Lane;
  /** The present net; before a lane was grown, a smaller one than in `spec`. */
  readonly net: NetSpec;
  /** Steps begun. Step n trains on batch n. */
  steps = 0;
  /** Whether the gains have changed between two steps since the running statistics were last recalibrated. */
  stale = false;
  divergedAt: number | null = null;
  /** Whether it is being replaced by a larger net, and makes no step meanwhile. */
  growing = false;
  /** Gains of the last step, by block; null before the first step. */
  #lastGains: readonly number[] | null = null;

  constructor(spec: LaneSpec, lane: Lane, net: NetSpec) {
    this.spec = spec;
    this.lane = lane;
    this.net = net;
  }

  /** Whether it has not diverged. */
  get racing(): boolean {
    return this.divergedAt === null;
  }

  /** Whether its running statistics fit its function: gathered over at least 25 steps, with the present gains. */
  get fits(): boolean {
    const { gains } = this.lane;
    return (
      this.steps >= GATHERED && !this.stale && this.#lastGains?.every((gain, index) => gain === gains[index]) === true
    );
  }

  /** Sets the gain of every block. */
  setGains(gains: readonly number[]): void {
    for (const [index, gain] of gains.entries()) {
      if (this.lane.gains[index] !== gain) this.lane.setGain(index + 1, gain);
    }
  }

  /** Sets the gains of the next step, and marks the running statistics as stale if they differ from the last one's. */
  begin(gains: readonly number[]): void {
    this.setGains(gains);
    if (this.#lastGains?.some((gain, index) => gain !== gains[index])) this.stale = true;
    this.#lastGains = [...gains];
  }

  /** A copy at the present step, read back while training goes on. */
  async snapshot(): Promise<LaneSnapshot> {
    const { net, steps, stale, divergedAt } = this;
    return { net, steps, stale, divergedAt, values: await readValues(this.lane.remembered()) };
  }

  /** Restores a snapshot; `gains` are those of its next step, `lastGains` those of the step before. */
  restore(
    { values, steps, stale, divergedAt }: LaneSnapshot,
    gains: readonly number[],
    lastGains: readonly number[],
  ): void {
    this.lane.restore(values);
    this.setGains(gains);
    this.steps = steps;
    this.stale = stale;
    this.divergedAt = divergedAt;
    this.#lastGains = steps === 0 ? null : lastGains;
  }
}
