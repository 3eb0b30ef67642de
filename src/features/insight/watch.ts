import type { StoreApi } from 'zustand/vanilla';
import type { Curve } from '../race/curve.ts';
import type { LabState } from '../race/state.ts';
import { type Inquiry, inquiryKey, isOfStart, pictureIn } from './inquiry.ts';

export interface Clock {
  /** Milliseconds. */
  now(): number;
  later(milliseconds: number, then: () => void): void;
}

export const BROWSER: Clock = {
  now: () => performance.now(),
  later: (milliseconds, then) => {
    setTimeout(then, milliseconds);
  },
};

/**
 * Milliseconds between two questions while training goes on: a figure need not change faster than eyes can follow. The
 * worker itself limits the time that answers take to a tenth, by when it begins the next.
 */
const REST = 200;

interface Watched {
  readonly inquiry: Inquiry;
  /** Number of watchers. */
  lookers: number;
  /** The lane's curve at the last measurement; a new one means that the lane has moved on. */
  seen: Curve | null;
  /** Sequence number of the last measurement. */
  turn: number;
  /** Measure without delay: there is no answer yet, or the user asked for it. */
  urgent: boolean;
  failed: boolean;
}

function renew(watched: Watched): void {
  Object.assign(watched, { seen: null, urgent: true, failed: false });
}

/** Schedules watched probes: one at a time, and again whenever their lane has moved on. */
export class Watch {
  readonly #lab: StoreApi<LabState>;
  readonly #live: () => boolean;
  readonly #ask: (inquiry: Inquiry) => Promise<boolean>;
  readonly #clock: Clock;
  readonly #watched = new Map<string, Watched>();
  #asking = false;
  #waiting = false;
  #notBefore = 0;
  #turns = 0;

  constructor(
    lab: StoreApi<LabState>,
    live: () => boolean,
    ask: (inquiry: Inquiry) => Promise<boolean>,
    clock: Clock = BROWSER,
  ) {
    this.#lab = lab;
    this.#live = live;
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Keeps asking until the returned function is called, which returns whether another watcher is left. */
  add(inquiry: Inquiry): () => boolean {
    const key = inquiryKey(inquiry);
    const watched = this.#watched.get(key) ?? {
      inquiry,
      lookers: 0,
      seen: null,
      turn: 0,
      urgent: true,
      failed: false,
    };
    watched.lookers += 1;
    this.#watched.set(key, watched);
    this.look();
    return () => {
      watched.lookers -= 1;
      if (watched.lookers === 0 && pictureIn(inquiry) !== null) this.#watched.delete(key);
      return watched.lookers > 0;
    };
  }

  /** Asks everything that is watched again, except what cannot have changed. */
  refresh(): void {
    for (const watched of this.#watched.values()) {
      if (!isOfStart(watched.inquiry) || watched.failed) renew(watched);
    }
    this.look();
  }

  /** Called when another race is opened, which makes all answers outdated. */
  forget(): void {
    for (const [key, watched] of this.#watched) if (watched.lookers === 0) this.#watched.delete(key);
    this.#notBefore = 0;
    for (const watched of this.#watched.values()) renew(watched);
    this.look();
  }

  /** Starts the next measurement if one is due. */
  look(): void {
    if (this.#asking) return;
    const next = this.#due();
    if (next === undefined) return;
    const rest = next.urgent || !this.#lab.getState().training ? 0 : this.#notBefore - this.#clock.now();
    if (rest <= 0) {
      // What fails is told in its answer.
      this.#turn(next).catch(() => {});
    } else if (!this.#waiting) {
      this.#waiting = true;
      this.#clock.later(rest, () => {
        this.#waiting = false;
        this.look();
      });
    }
  }

  /** The inquiry that has waited longest, among those whose lane has moved on. */
  #due(): Watched | undefined {
    const { open, curves } = this.#lab.getState();
    return [...this.#watched.values()]
      .filter(({ inquiry, lookers, seen, urgent, failed }) => {
        const curve = curves.get(inquiry.lane);
        const news = urgent || (this.#live() && seen !== curve && !isOfStart(inquiry));
        return open && lookers > 0 && !failed && curve !== undefined && news;
      })
      .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.turn - b.turn)[0];
  }

  async #turn(watched: Watched): Promise<void> {
    watched.seen = this.#lab.getState().curves.get(watched.inquiry.lane) ?? null;
    this.#turns += 1;
    watched.turn = this.#turns;
    watched.urgent = false;
    this.#asking = true;
    try {
      const answered = await this.#ask(watched.inquiry);
      // Who was asked to ask again meanwhile tries again.
      watched.failed = !answered && !watched.urgent;
    } finally {
      this.#asking = false;
      this.#notBefore = this.#clock.now() + REST;
      this.look();
    }
  }
}
