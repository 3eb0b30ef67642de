import type { LaneSnapshot, RaceSnapshot } from '../../core/results/snapshot.ts';
import { Checkpoints } from './checkpoints.ts';

/**
 * The most steps between two snapshots. One is read back while the next 25 rounds run, and the next waits for it, so the
 * latest is at most 50 steps old; a few more where a report is longer than the one before.
 */
const STEPS_BETWEEN = 25;

/** What a `Snapshotter` needs of a race. */
export interface Snapshottable {
  readonly begun: ReadonlyMap<string, number>;
  rewind(name: string, snapshot: LaneSnapshot | null): void | Promise<void>;
  snapshot(): Promise<RaceSnapshot>;
}

/** Options of a `Snapshotter`. */
export interface SnapshotterOptions {
  readonly checkpoints?: Checkpoints;
  readonly onCheckpoints?: (checkpoints: Checkpoints) => void;
}

/**
 * Takes snapshots of a race without stalling it: the latest is some 50 steps old at most, and older ones are kept as
 * checkpoints.
 */
export class Snapshotter {
  readonly #race: Snapshottable;
  #latest: RaceSnapshot;
  /** Steps of each lane in the snapshot that was started last. */
  #started: ReadonlyMap<string, number>;
  /** Its age when the last report came. */
  #ageBefore = 0;
  #reading: Promise<void> = Promise.resolve();
  /** Incremented when a lane is rewound or forgotten. A snapshot started under an older value is stale and is dropped. */
  #changes = 0;
  /** The lanes that have joined and are in no snapshot yet: one that was started before is completed by them. */
  readonly #joined = new Map<string, LaneSnapshot>();
  readonly #checkpoints: Checkpoints;
  readonly #onCheckpoints: (checkpoints: Checkpoints) => void;

  /**
   * `from` is the snapshot that the race was created from, and a checkpoint, too; `checkpoints` are those of the race that
   * it continues.
   */
  constructor(
    race: Snapshottable,
    from: RaceSnapshot,
    { checkpoints = new Checkpoints(), onCheckpoints }: SnapshotterOptions = {},
  ) {
    this.#race = race;
    this.#checkpoints = checkpoints;
    this.#onCheckpoints = onCheckpoints ?? (() => {});
    this.#latest = from;
    this.#started = race.begun;
    this.#checkpoints.add(from);
  }

  get checkpoints(): Checkpoints {
    return this.#checkpoints;
  }

  /** Rewinds a lane to its last checkpoint at or before `step`, or to step 0, and forgets later ones, unless it is refused. */
  async rewind(lane: string, step: number): Promise<void> {
    const snapshot = this.#checkpoints.at(lane, step);
    await this.#race.rewind(lane, snapshot);
    this.#goBack(lane, snapshot);
  }

  /** Keeps the snapshot at which a branch has joined the race. */
  join(lane: string, snapshot: LaneSnapshot): void {
    if (snapshot.steps === 0) return;
    this.#checkpoints.add(new Map([[lane, snapshot]]));
    this.#joined.set(lane, snapshot);
    this.#latest = new Map([...this.#latest, [lane, snapshot]]);
    this.#started = new Map([...this.#started, [lane, snapshot.steps]]);
    this.#onCheckpoints(this.#checkpoints);
  }

  /** Forgets a lane that was removed: the next net of its name is another one. */
  forget(lane: string): void {
    this.#goBack(lane, null);
  }

  /** The newest complete snapshot. */
  get latest(): RaceSnapshot {
    return this.#latest;
  }

  /**
   * Starts a snapshot if the last one would be more than 25 steps old after another report as long as this one; call it
   * after a report, before the next round. Resolves when the previous snapshot is complete; rejects if that failed.
   */
  async snapshotIfDue(): Promise<void> {
    const age = this.#age();
    const ageNext = 2 * age - this.#ageBefore;
    this.#ageBefore = age;
    if (ageNext <= STEPS_BETWEEN) return;
    const before = this.#reading;
    this.#start();
    await before;
  }

  /**
   * Resolves when `latest` is of the present step. Call it after a report, when no round follows. A lane that is rewound or
   * forgotten meanwhile has the snapshot dropped, with all other lanes in it: it is then taken again.
   */
  async finish(): Promise<void> {
    let changes: number;
    do {
      changes = this.#changes;
      if (this.#age() > 0) this.#start();
      await this.#reading;
    } while (changes !== this.#changes);
  }

  /** Keeps of a lane this snapshot alone, or nothing, and what was before it. */
  #goBack(lane: string, snapshot: LaneSnapshot | null): void {
    this.#changes += 1;
    this.#joined.delete(lane);
    this.#checkpoints.forget(lane, snapshot?.steps ?? 0);
    const others = [...this.#latest].filter(([name]) => name !== lane);
    this.#latest = new Map(snapshot === null ? others : [...others, [lane, snapshot]]);
    this.#started = new Map([...this.#latest].map(([name, { steps }]) => [name, steps]));
    this.#onCheckpoints(this.#checkpoints);
  }

  /** The most steps that a lane has made since the snapshot that was started last. */
  #age(): number {
    return Math.max(0, ...[...this.#race.begun].map(([lane, steps]) => steps - (this.#started.get(lane) ?? 0)));
  }

  #start(): void {
    this.#started = this.#race.begun;
    this.#ageBefore = 0;
    const changes = this.#changes;
    this.#reading = this.#race.snapshot().then((snapshot) => {
      if (changes !== this.#changes) return;
      for (const lane of snapshot.keys()) this.#joined.delete(lane);
      this.#latest = new Map([...snapshot, ...this.#joined]);
      this.#checkpoints.add(snapshot);
      this.#onCheckpoints(this.#checkpoints);
    });
    // The next `snapshotIfDue` or `finish` rejects; without this it would be an unhandled rejection until then.
    this.#reading.catch(() => {});
  }
}
