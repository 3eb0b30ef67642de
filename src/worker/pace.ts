/** Why a question has no answer: nobody waits for it any more. */
export class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
  constructor() {
    super('question: it was withdrawn');
  }
}

/** The longest that somebody who rests does not look up, in milliseconds. */
const LONGEST = 20;

/** Keeps work that comes in pieces from taking more than a share of the time that others get, while they are at work. */
export class Pace {
  readonly #isOthersTurn: () => boolean;
  #begun = 0;
  #restsUntil = 0;

  /** `isOthersTurn` says whether anybody else is at work; if not, there is nothing to wait for. */
  constructor(isOthersTurn: () => boolean) {
    this.#isOthersTurn = isOthersTurn;
  }

  /** Resolves when a piece may begin: when what the last one took is made up for. Rejects where it is withdrawn. */
  async begin(signal: AbortSignal): Promise<void> {
    // At least once, for messages to be heard.
    await moment(0);
    while (!signal.aborted && this.#isOthersTurn() && performance.now() < this.#restsUntil) {
      await moment(Math.min(LONGEST, this.#restsUntil - performance.now()));
    }
    if (signal.aborted) throw new Withdrawn();
    this.#begun = performance.now();
  }

  /** Says that a piece is over that was to take this share of the others' time. */
  end(share: number): void {
    const now = performance.now();
    this.#restsUntil = now + (now - this.#begun) / share;
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
