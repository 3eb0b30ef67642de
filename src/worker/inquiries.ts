import type { Inquiry } from '../engine/insight/inquiry.ts';
import type { Race } from '../engine/race.ts';
import { Withdrawn } from './failure.ts';
import { Pace } from './pace.ts';
import type { Call } from './rpc.ts';

export interface InquiriesOptions {
  /** The race, once one stands. Rejects where there is none. */
  readonly race: () => Promise<Race>;
  /** Rounds that training has begun; null while no lane trains. */
  readonly rounds: () => number | null;
  /** What comes of work on the device; rejects when the device goes meanwhile. */
  readonly whileItLasts: <T>(work: Promise<T>) => Promise<T>;
}

/** Answers the page's questions about lanes' insides, one after the other, between the rounds of training. */
export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #open = new Set<AbortController>();
  readonly #pace: Pace;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: InquiriesOptions) {
    this.#options = options;
    this.#pace = new Pace(options.rounds);
  }

  /**
   * Does the work when the question's turn comes, at the most in this share of the time that training gets while it
   * goes on. Rejects with a sentence, or `Withdrawn`.
   */
  answer<Result>(
    share: number,
    { signal, onProgress }: Pick<Call<Result>, 'signal' | 'onProgress'>,
    work: (race: Race, inquiry: Inquiry<Result>) => Promise<Result>,
  ): Promise<Result> {
    const controller = new AbortController();
    const withdraw = () => controller.abort();
    if (signal.aborted) withdraw();
    signal.addEventListener('abort', withdraw);
    this.#open.add(controller);
    const answered = this.#last
      .then(() => this.#answer(share, controller, onProgress, work))
      .finally(() => {
        this.#open.delete(controller);
        signal.removeEventListener('abort', withdraw);
      });
    this.#last = answered.catch(() => {});
    return answered;
  }

  /** Withdraws everything that was asked before, and does the work when nothing runs; what is asked meanwhile waits. */
  without<T>(work: () => Promise<T>): Promise<T> {
    for (const controller of this.#open) controller.abort();
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #answer<Result>(
    share: number,
    controller: AbortController,
    onProgress: (part: Result) => void,
    work: (race: Race, inquiry: Inquiry<Result>) => Promise<Result>,
  ): Promise<Result> {
    const { signal } = controller;
    await this.#pace.begin(signal);
    const { race, whileItLasts } = this.#options;
    const standing = await race();
    const turn = () => this.#pace.rest(share, signal);
    // A part that comes after the device is lost is dropped.
    const onPart = (part: Result) => {
      if (!signal.aborted) onProgress(part);
    };
    const working = work(standing, { turn, onPart });
    // If the device is lost, nothing else handles its rejection.
    working.catch(() => {});
    try {
      return await whileItLasts(working);
    } catch (error) {
      if (signal.aborted) throw new Withdrawn();
      // What still runs of it must not go on, least of all on another device.
      controller.abort();
      throw error;
    } finally {
      this.#pace.end(share);
    }
  }
}
