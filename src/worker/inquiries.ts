import type { Race } from '../engine/race.ts';
import type { LesionResult } from '../spec/lesion.ts';
import type { ProbeResult } from '../spec/probe.ts';
import type { LaneSnapshot } from '../spec/snapshot.ts';
import { Pace, Withdrawn } from './pace.ts';
import type { InsideFinding, InsideQuestion } from './protocol.ts';

export interface InquiriesOptions {
  /** The race, once one stands. Rejects where there is none. */
  readonly race: () => Promise<Race>;
  /** Rounds that training has begun; null while nobody trains. */
  readonly rounds: () => number | null;
  /** What is kept of a lane's way. */
  readonly checkpoints: (lane: string) => readonly LaneSnapshot[];
  /** What comes of work on the device; rejects when the device goes meanwhile. */
  readonly whileItLasts: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * The most that a question may take of the time that training gets, while it goes on. A probe is to cost a tenth, and
 * around its pieces there is some work that no piece counts.
 */
const SHARE = { probe: 0.08, lesion: 0.3 } as const satisfies Record<InsideQuestion['about'], number>;

/** Answers the page's questions about lanes' insides, one after the other, between the rounds of training. */
export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #open = new Map<number, AbortController>();
  readonly #pace: Pace;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: InquiriesOptions) {
    this.#options = options;
    this.#pace = new Pace(options.rounds);
  }

  /** Rejects with a sentence, or `Withdrawn`. The lane is looked at as it is when the question's turn comes. */
  find(id: number, question: InsideQuestion, onPart: (part: InsideFinding) => void): Promise<InsideFinding> {
    const controller = new AbortController();
    this.#open.set(id, controller);
    const work = () => this.#answer(question, onPart, controller);
    const found = this.#last.then(work).finally(() => this.#open.delete(id));
    this.#last = found.catch(() => {});
    return found;
  }

  withdraw(id: number): void {
    this.#open.get(id)?.abort();
  }

  /** Withdraws everything that was asked before, and does the work when nothing runs; what is asked meanwhile waits. */
  without<T>(work: () => Promise<T>): Promise<T> {
    for (const controller of this.#open.values()) controller.abort();
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  async #answer(
    question: InsideQuestion,
    onPart: (part: InsideFinding) => void,
    controller: AbortController,
  ): Promise<InsideFinding> {
    const { signal } = controller;
    await this.#pace.begin(signal);
    const { race, checkpoints, whileItLasts } = this.#options;
    const standing = await race();
    const turn = () => this.#pace.rest(SHARE[question.about], signal);
    // Nobody hears of a part that comes after the device is gone.
    const told = (part: InsideFinding) => {
      if (!signal.aborted) onPart(part);
    };
    const work = async (): Promise<InsideFinding> => {
      const atStart = question.about === 'probe' && question.atStart === true;
      const insight = atStart ? standing.insightAtStart(question.lane) : standing.insight(question.lane);
      if (question.about === 'lesion') {
        const hear = (result: LesionResult) => told({ about: 'lesion', result });
        return { about: 'lesion', result: await insight.lesion(question.request, { turn, onPart: hear }) };
      }
      const hear = (result: ProbeResult) => told({ about: 'probe', result });
      const way = checkpoints(question.lane).map(({ steps, values }) => ({ step: steps, values }));
      return { about: 'probe', result: await insight.probe(question.request, { turn, onPart: hear }, way) };
    };
    const working = work();
    // Where no device stands, nobody else waits for it.
    working.catch(() => {});
    try {
      return await whileItLasts(working);
    } catch (error) {
      if (signal.aborted) throw new Withdrawn();
      // What still runs of it must not go on, least of all on another device.
      controller.abort();
      throw error;
    } finally {
      this.#pace.end(SHARE[question.about]);
    }
  }
}
