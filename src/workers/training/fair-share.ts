import { wait } from '../../core/wait.ts';
import { Withdrawn } from '../rpc.ts';

/** Maximum polling interval while waiting for a turn, in ms. */
const LONGEST = 20;

/** Fair-share scheduler: limits work in pieces to a share of training's time, while training runs. */
export class FairShareScheduler {
  readonly #roundsOfOthers: () => number | null;
  #begun = 0;
  #restsUntil = 0;
  #roundsUntil = 0;
  /** Settles when the piece that was begun last has ended. */
  #piece: Promise<void> = Promise.resolve();
  #endPiece = () => {};
  /** Whether no piece may begin. */
  #isHeld = false;

  /** `roundsOfOthers` counts the rounds that training has begun; null while it rests and nothing must be waited for. */
  constructor(roundsOfOthers: () => number | null) {
    this.#roundsOfOthers = roundsOfOthers;
  }

  /** Resolves when the next piece may begin: when training has had its share. Rejects with `Withdrawn` if cancelled. */
  async begin(signal: AbortSignal): Promise<void> {
    // At least one turn of the event loop, so that messages are handled.
    await wait();
    while (!signal.aborted && (this.#isHeld || this.#isOthersTurn())) {
      const rest = this.#isHeld ? LONGEST : this.#restsUntil - performance.now();
      await wait(Math.min(LONGEST, rest));
    }
    if (signal.aborted) throw new Withdrawn();
    this.#begun = performance.now();
    this.#piece = new Promise((resolve) => {
      this.#endPiece = resolve;
    });
  }

  /**
   * Ends a piece that may take `share` of training's time. It is charged the time since `begin`, but no more than one
   * round: on a GPU most of that time may be the wait for rounds that were enqueued before it.
   */
  end(share: number): void {
    const now = performance.now();
    this.#roundsUntil = (this.#roundsOfOthers() ?? 0) + 1 / share;
    this.#restsUntil = now + (now - this.#begun) / share;
    this.#endPiece();
  }

  /** The result of `work`, during which no piece runs: it waits for the one that was begun, and the next ones wait for it. */
  async between<T>(work: () => Promise<T>): Promise<T> {
    this.#isHeld = true;
    try {
      await this.#piece;
      return await work();
    } finally {
      this.#isHeld = false;
    }
  }

  #isOthersTurn(): boolean {
    const rounds = this.#roundsOfOthers();
    return rounds !== null && rounds < this.#roundsUntil && performance.now() < this.#restsUntil;
  }

  /** Ends a piece and waits for the next one. */
  async rest(share: number, signal: AbortSignal): Promise<void> {
    this.end(share);
    await this.begin(signal);
  }
}
