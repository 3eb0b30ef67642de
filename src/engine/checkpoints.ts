import { haveSameShape } from '../spec/origin.ts';
import type { LaneSnapshot, RaceSnapshot } from '../spec/snapshot.ts';

/** Bytes that all checkpoints together may take. */
const ROOM = 64 * 2 ** 20;

/** Copies of each lane along its way, the older the sparser, so that training can go on from any of them. */
export class Checkpoints {
  readonly #lanes = new Map<string, LaneSnapshot[]>();
  readonly #room: number;

  constructor(room = ROOM) {
    this.#room = room;
  }

  /** Adds the lanes of a snapshot that did not diverge and that have made a step since. */
  add(snapshot: RaceSnapshot): void {
    for (const [name, lane] of snapshot) {
      if (lane.divergedAt !== null) continue;
      const kept = this.#lanes.get(name) ?? [];
      if (kept.some(({ steps }) => steps === lane.steps)) continue;
      this.#lanes.set(
        name,
        [...kept, lane].toSorted((a, b) => a.steps - b.steps),
      );
    }
    while (this.#bytes() > this.#room && this.#thin()) {}
  }

  /** The steps of every lane that there is one of, ascending. */
  all(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#lanes.keys()].map((lane) => [lane, this.steps(lane)]));
  }

  /** The steps at which there is one of this lane, ascending. */
  steps(lane: string): readonly number[] {
    return (this.#lanes.get(lane) ?? []).map(({ steps }) => steps);
  }

  /** All that are kept of a lane as the net that it was last, ascending. */
  of(lane: string): readonly LaneSnapshot[] {
    const kept = this.#lanes.get(lane) ?? [];
    const last = kept.at(-1);
    return last === undefined ? [] : kept.filter(({ net }) => haveSameShape(net, last.net));
  }

  /** The last one that is not after `step`; null where there is none. */
  at(lane: string, step: number): LaneSnapshot | null {
    return this.#lanes.get(lane)?.findLast(({ steps }) => steps <= step) ?? null;
  }

  /** Forgets what lies behind `step` of a lane, because it goes on from there; all of it by default. */
  forget(lane: string, step = -1): void {
    const kept = this.#lanes.get(lane)?.filter(({ steps }) => steps <= step) ?? [];
    if (kept.length === 0) this.#lanes.delete(lane);
    else this.#lanes.set(lane, kept);
  }

  #bytes(): number {
    let sum = 0;
    for (const snapshots of this.#lanes.values()) {
      for (const { values } of snapshots) for (const { byteLength } of values.values()) sum += byteLength;
    }
    return sum;
  }

  /**
   * Drops, of the lane with most copies, the one whose neighbours are closest to each other for their age; never the
   * newest. False where every lane has only that.
   */
  #thin(): boolean {
    const [name, snapshots] = [...this.#lanes].reduce((a, b) => (b[1].length > a[1].length ? b : a));
    const newest = snapshots.at(-1)?.steps ?? 0;
    let [victim, least] = [-1, Number.POSITIVE_INFINITY];
    for (let at = 0; at < snapshots.length - 1; at++) {
      const before = snapshots[at - 1]?.steps ?? 0;
      const after = snapshots[at + 1]?.steps ?? newest;
      const density = (after - before) / (1 + newest - (snapshots[at]?.steps ?? 0));
      if (density < least) [victim, least] = [at, density];
    }
    if (victim < 0) return false;
    this.#lanes.set(name, snapshots.toSpliced(victim, 1));
    return true;
  }
}
