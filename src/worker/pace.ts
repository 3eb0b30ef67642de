import { Withdrawn } from './failure.ts';

/** Maximum polling interval while waiting for a turn, in ms. */
const LONGEST = 20;

/** Keeps work that comes in pieces from taking more than a share of the time that others get, while they are at work. */
export class Pace {
  readonly #roundsOfOthers: () => number | null;
  #begun = 0;
  #restsUntil = 0;
  #roundsUntil = 0;

  /** `roundsOfOthers` counts the rounds that training has begun; null while it rests and nothing must be waited for. */
  constructor(roundsOfOthers: () => number | null) {
    this.#roundsOfOthers = roundsOfOthers;
  }

  /** Resolves when a piece may begin: when what the last one took is made up for. Rejects where it is withdrawn. */
  async begin(signal: AbortSignal): Promise<void> {
    // At least once, for messages to be heard.
    await moment(0);
    while (!signal.aborted && this.#isOthersTurn()) {
      await moment(Math.min(LONGEST, this.#restsUntil - performance.now()));
    }
    if (signal.aborted) throw new Withdrawn();
    this.#begun = performance.now();
  }

  /**
   * Says that a piece is over that was to take this share of the others' time. It took what passed, but no more than a
   * round: on a GPU most of what passes may be the wait for rounds that were begun before it.
   */
  end(share: number): void {
    const now = performance.now();
    this.#roundsUntil = (this.#roundsOfOthers() ?? 0) + 1 / share;
    this.#restsUntil = now + (now - this.#begun) / share;
  }

  #isOthersTurn(): boolean {
    const rounds = this.#roundsOfOthers();
    return rounds !== null && rounds < this.#roundsUntil && performance.now() < this.#restsUntil;
  }

  /** Between two pieces. */
  async rest(share: number, signal: AbortSignal): Promise<void> {
    this.end(share);
    await this.begin(signal);
  }
}

function moment(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
