import type { RaceSnapshot } from '../spec/snapshot.ts';
import { Checkpoints } from './checkpoints.ts';
import type { Race } from './race.ts';

/** One copy is read while so many rounds are made, and the next waits for it: none is ever older than twice as many. */
const STEPS_BETWEEN = 25;

export interface KeeperOptions {
  readonly checkpoints?: Checkpoints;
  readonly onKept?: (checkpoints: Checkpoints) => void;
}

/** Keeps a copy of a race that is at most 50 steps old, and older ones, without holding it up. */
export class Keeper {
  readonly #race: Race;
  #latest: RaceSnapshot;
  /** Steps of each lane in the copy that was begun last. */
  #begun: ReadonlyMap<string, number>;
  #reading: Promise<void> = Promise.resolve();
  /** Counts the times that a lane went back: a copy that was begun before is of what was undone. */
  #rewinds = 0;
  readonly #checkpoints: Checkpoints;
  readonly #onKept: (checkpoints: Checkpoints) => void;

  /** `from` is the snapshot that the race was made from, `checkpoints` those of the race before it if that goes on. */
  constructor(race: Race, from: RaceSnapshot, { checkpoints = new Checkpoints(), onKept }: KeeperOptions = {}) {
    this.#race = race;
    this.#checkpoints = checkpoints;
    this.#onKept = onKept ?? (() => {});
    this.#latest = from;
    this.#begun = race.begun;
  }

  get checkpoints(): Checkpoints {
    return this.#checkpoints;
  }

  /** Takes a lane back to its last copy that is not after `step`, or to step 0. */
  rewind(lane: string, step: number): void {
    const snapshot = this.#checkpoints.at(lane, step);
    this.#race.rewind(lane, snapshot);
    this.#rewinds += 1;
    this.#checkpoints.forget(lane, snapshot?.steps ?? 0);
    const others = [...this.#latest].filter(([name]) => name !== lane);
    this.#latest = new Map(snapshot === null ? others : [...others, [lane, snapshot]]);
    this.#begun = new Map([...this.#latest].map(([name, { steps }]) => [name, steps]));
    this.#onKept(this.#checkpoints);
  }

  /** The newest copy that is whole. */
  get latest(): RaceSnapshot {
    return this.#latest;
  }

  /**
   * Begins a copy where the last one is 25 steps old; to be called after a report, before the next round. Resolves when
   * the copy before that is whole.
   */
  async keep(): Promise<void> {
    if (this.#age() < STEPS_BETWEEN) return;
    const before = this.#reading;
    this.#begin();
    await before;
  }

  /** Resolves when the copy is of the race as it is now. To be called after a report, when no round is to come. */
  async finish(): Promise<void> {
    if (this.#age() > 0) this.#begin();
    await this.#reading;
  }

  /** Steps that some lane has made since the copy that was begun last. */
  #age(): number {
    return Math.max(0, ...[...this.#race.begun].map(([lane, steps]) => steps - (this.#begun.get(lane) ?? 0)));
  }

  #begin(): void {
    this.#begun = this.#race.begun;
    const rewinds = this.#rewinds;
    this.#reading = this.#race.snapshot().then((snapshot) => {
      if (rewinds !== this.#rewinds) return;
      this.#latest = snapshot;
      this.#checkpoints.add(snapshot);
      this.#onKept(this.#checkpoints);
    });
    // Whoever keeps the next copy hears of it.
    this.#reading.catch(() => {});
  }
}
