import type { LaneSpec } from '../spec/experiment.ts';
import type { NetSpec } from '../spec/net.ts';
import type { LaneSnapshot } from '../spec/snapshot.ts';
import type { Lane } from './lane.ts';
import { readValues } from './snapshot.ts';

/** Steps after which little is left in the running statistics of those that a net begins with: 0.9 to their power. */
const GATHERED = 25;

/** A lane on its way through a race. */
export class Runner {
  readonly spec: LaneSpec;
  readonly lane: Lane;
  /** The net that the lane is now: a lane that was grown has been a smaller one. */
  readonly net: NetSpec;
  /** Steps that are begun, each on the batch of its number. */
  steps = 0;
  /** Whether its gains changed from one step to the next since its running statistics were last known to fit. */
  stale = false;
  divergedAt: number | null = null;
  /** Whether it waits to be replaced by a larger net. */
  growing = false;
  /** The gains of its last step; null before the first. */
  #lastGains: readonly number[] | null = null;

  constructor(spec: LaneSpec, lane: Lane, net: NetSpec) {
    this.spec = spec;
    this.lane = lane;
    this.net = net;
  }

  /** Whether it trains, and what was measured of it is still wanted when it comes. */
  get racing(): boolean {
    return this.divergedAt === null;
  }

  /** Whether its running statistics are those of the net that it is: enough were gathered, with the gains of now. */
  get fits(): boolean {
    const { gains } = this.lane;
    return (
      this.steps >= GATHERED && !this.stale && this.#lastGains?.every((gain, index) => gain === gains[index]) === true
    );
  }

  /** Has these gains from now on. */
  setGains(gains: readonly number[]): void {
    for (const [index, gain] of gains.entries()) {
      if (this.lane.gains[index] !== gain) this.lane.setGain(index + 1, gain);
    }
  }

  /** Readies it for a step with these gains. */
  begin(gains: readonly number[]): void {
    this.setGains(gains);
    if (this.#lastGains?.some((gain, index) => gain !== gains[index])) this.stale = true;
    this.#lastGains = [...gains];
  }

  /** A copy as it stands, which is read while training goes on. */
  async snapshot(): Promise<LaneSnapshot> {
    const { net, steps, stale, divergedAt } = this;
    return { net, steps, stale, divergedAt, values: await readValues(this.lane.remembered()) };
  }

  /** Stands where the snapshot was taken; `lastGains` are those of the step before. */
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
