import type { MeasurementHooks } from '../../engine/insight/measurement.ts';
import { type Call, Withdrawn } from '../rpc.ts';
import { FairShareScheduler } from './fair-share.ts';
import type { ShardedRace } from './shards/sharded-race.ts';

export interface InquiriesOptions {
  /** Resolves with the race when it is open. Rejects if there is none. */
  readonly race: () => Promise<ShardedRace>;
  /** Rounds that training has begun; null while no lane trains. */
  readonly rounds: () => number | null;
  /** The result of work on the device; rejects as soon as the device is lost. */
  readonly orDeviceLost: <T>(work: Promise<T>) => Promise<T>;
}

/** Runs lesion studies, probes and diagnoses of nets that diverged, one at a time, between the rounds of training. */
export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #open = new Set<AbortController>();
  readonly #scheduler: FairShareScheduler;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: InquiriesOptions) {
    this.#options = options;
    this.#scheduler = new FairShareScheduler(options.rounds);
  }

  /**
   * Runs `work` when its turn comes, taking at most `share` of the time that training takes meanwhile. Rejects with the
   * work's error, or with `Withdrawn` if it is cancelled.
   */
  answer<Part, Result = Part>(
    share: number,
    { signal, onProgress }: Pick<Call<Part>, 'signal' | 'onProgress'>,
    work: (race: ShardedRace, inquiry: MeasurementHooks<Part>) => Promise<Result>,
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

  /** Cancels all pending measurements and runs `work` when none runs; later ones wait for it. */
  without<T>(work: () => Promise<T>): Promise<T> {
    for (const controller of this.#open) controller.abort();
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Runs `work` between two pieces of the measurements, which go on behind it. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.#scheduler.between(work);
  }

  async #answer<Part, Result>(
    share: number,
    controller: AbortController,
    onProgress: (part: Part) => void,
    work: (race: ShardedRace, inquiry: MeasurementHooks<Part>) => Promise<Result>,
  ): Promise<Result> {
    const { signal } = controller;
    const { race, orDeviceLost } = this.#options;
    const turn = () => this.#scheduler.rest(share, signal);
    // A part that comes after the device is lost is dropped.
    const onPart = (part: Part) => {
      if (!signal.aborted) onProgress(part);
    };
    await this.#scheduler.begin(signal);
    try {
      const working = work(await race(), { turn, onPart });
      // If the device is lost, nothing else handles its rejection.
      working.catch(() => {});
      return await orDeviceLost(working);
    } catch (error) {
      if (signal.aborted) throw new Withdrawn();
      // A cancelled measurement must stop, and above all not continue on another device.
      controller.abort();
      throw error;
    } finally {
      this.#scheduler.end(share);
    }
  }
}
