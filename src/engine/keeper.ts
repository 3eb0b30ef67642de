import type { Race } from './race.ts';
import type { RaceSnapshot } from './snapshot.ts';

/** One copy is read while so many rounds are made, and the next waits for it: none is ever older than twice as many. */
const STEPS_BETWEEN = 25;

/** Keeps a copy of a race that is at most 50 steps old, without holding it up. */
export class Keeper {
  readonly #race: Race;
  #latest: RaceSnapshot;
  /** Steps of each lane in the copy that was begun last. */
  #begun: ReadonlyMap<string, number>;
  #reading: Promise<void> = Promise.resolve();

  /** `from` is the snapshot that the race was made from. */
  constructor(race: Race, from: RaceSnapshot) {
    this.#race = race;
    this.#latest = from;
    this.#begun = race.begun;
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
    this.#reading = this.#race.snapshot().then((snapshot) => {
      this.#latest = snapshot;
    });
    // Whoever keeps the next copy hears of it.
    this.#reading.catch(() => {});
  }
}
