import { haveSameShape } from '../../core/experiment/lineage.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { LaneSnapshot, RaceSnapshot } from '../../core/results/snapshot.ts';

/** Size limit of all checkpoints together, in bytes. */
const ROOM = 64 * 2 ** 20;

/** Snapshots of each lane at earlier steps, in memory, from which training can go on; the older, the sparser. */
export class Checkpoints {
  readonly #lanes = new Map<string, LaneSnapshot[]>();
  readonly #room: number;

  constructor(room = ROOM) {
    this.#room = room;
  }

  /** Adds a snapshot's lanes, except those that diverged or have a checkpoint at the same step. Thins to the limit. */
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

  /** The steps of every lane's checkpoints, ascending, by lane name. */
  all(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.#lanes.keys()].map((lane) => [lane, this.steps(lane)]));
  }

  /** The steps of a lane's checkpoints, ascending. */
  steps(lane: string): readonly number[] {
    return (this.#lanes.get(lane) ?? []).map(({ steps }) => steps);
  }

  /**
   * A lane's checkpoints, ascending, that have the shape of its present net: without those before it was grown. Where there
   * are more than `most`, that many which are evenly spread over them, from the first to the last.
   */
  of(lane: string, present: NetSpec, most = Number.POSITIVE_INFINITY): readonly LaneSnapshot[] {
    const all = (this.#lanes.get(lane) ?? []).filter(({ net }) => haveSameShape(net, present));
    if (all.length <= most) return all;
    const spread = Array.from({ length: most }, (_, nth) => Math.round((nth * (all.length - 1)) / (most - 1)));
    return all.filter((_, index) => spread.includes(index));
  }

  /** A lane's last checkpoint at or before `step`, or null. */
  at(lane: string, step: number): LaneSnapshot | null {
    return this.#lanes.get(lane)?.findLast(({ steps }) => steps <= step) ?? null;
  }

  /** Drops a lane's checkpoints after `step`, from which it is trained again; all of them by default. */
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
   * Drops one checkpoint of the lane that has most: the one with the least distance between its neighbours, relative to
   * its age; never the newest. Returns false if only the newest are left.
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
