import type { StoreApi } from 'zustand/vanilla';
import type { Curve } from '../lab/curve.ts';
import type { LabState } from '../lab/state.ts';
import { type Inquiry, inquiryKey, isAtStart, pictureIn } from './inquiry.ts';

/** A source of time, which tests replace. */
export interface Clock {
  /** In ms. */
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
 * Pause between two measurements during training, in ms: a figure need not change faster than the eye can follow. The
 * worker itself limits measurements to a tenth of the time.
 */
const PAUSE = 200;

interface WatchedProbe {
  readonly inquiry: Inquiry;
  watchers: number;
  /** The lane's curve at the last measurement. Another curve means that the lane has trained since. */
  measuredCurve: Curve | null;
  /** Sequence number of the last measurement. */
  turn: number;
  /** Measure without delay: there is no answer yet, or the visitor asked for it. */
  urgent: boolean;
  failed: boolean;
}

function invalidate(probe: WatchedProbe): void {
  Object.assign(probe, { measuredCurve: null, urgent: true, failed: false });
}

/** Schedules watched probes: one at a time, the longest waiting first, and again when their lane has trained. */
export class ProbeScheduler {
  readonly #lab: StoreApi<LabState>;
  readonly #live: () => boolean;
  readonly #measure: (inquiry: Inquiry) => Promise<boolean>;
  readonly #clock: Clock;
  readonly #watched = new Map<string, WatchedProbe>();
  #measuring = false;
  #hasTimer = false;
  /** Time before which no probe is repeated, in ms. */
  #notBefore = 0;
  #turns = 0;

  /** `measure` resolves with whether it succeeded. */
  constructor(
    lab: StoreApi<LabState>,
    live: () => boolean,
    measure: (inquiry: Inquiry) => Promise<boolean>,
    clock: Clock = BROWSER,
  ) {
    this.#lab = lab;
    this.#live = live;
    this.#measure = measure;
    this.#clock = clock;
  }

  /** Watches a probe until the returned function is called, which returns whether it has another watcher. */
  watch(inquiry: Inquiry): () => boolean {
    const key = inquiryKey(inquiry);
    const probe = this.#watched.get(key) ?? {
      inquiry,
      watchers: 0,
      measuredCurve: null,
      turn: 0,
      urgent: true,
      failed: false,
    };
    probe.watchers += 1;
    this.#watched.set(key, probe);
    this.schedule();
    return () => {
      probe.watchers -= 1;
      if (probe.watchers === 0 && pictureIn(inquiry) !== null) this.#watched.delete(key);
      return probe.watchers > 0;
    };
  }

  /** Measures all watched probes again, except those at step 0 that are known. */
  refresh(): void {
    for (const probe of this.#watched.values()) {
      if (!isAtStart(probe.inquiry) || probe.failed) invalidate(probe);
    }
    this.schedule();
  }

  /** Called when all answers about these lanes are outdated, as those of an earlier race are. */
  reset(isOutdated: (lane: string) => boolean): void {
    for (const [key, probe] of this.#watched) {
      if (!isOutdated(probe.inquiry.lane)) continue;
      if (probe.watchers === 0) this.#watched.delete(key);
      else invalidate(probe);
    }
    this.#notBefore = 0;
    this.schedule();
  }

  /** Starts the next measurement if one is due, or sets a timer for it. */
  schedule(): void {
    if (this.#measuring) return;
    const next = this.#next();
    if (next === undefined) return;
    const pause = next.urgent || !this.#lab.getState().training ? 0 : this.#notBefore - this.#clock.now();
    if (pause <= 0) {
      // A failure is stored in the answer.
      this.#run(next).catch(() => {});
    } else if (!this.#hasTimer) {
      this.#hasTimer = true;
      this.#clock.later(pause, () => {
        this.#hasTimer = false;
        this.schedule();
      });
    }
  }

  /** The probe that has waited longest, among those whose lane has trained since; urgent ones first. */
  #next(): WatchedProbe | undefined {
    const { open, curves } = this.#lab.getState();
    return [...this.#watched.values()]
      .filter(({ inquiry, watchers, measuredCurve, urgent, failed }) => {
        const curve = curves.get(inquiry.lane);
        const isOutdated = urgent || (this.#live() && measuredCurve !== curve && !isAtStart(inquiry));
        return open && watchers > 0 && !failed && curve !== undefined && isOutdated;
      })
      .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.turn - b.turn)[0];
  }

  async #run(probe: WatchedProbe): Promise<void> {
    probe.measuredCurve = this.#lab.getState().curves.get(probe.inquiry.lane) ?? null;
    this.#turns += 1;
    probe.turn = this.#turns;
    probe.urgent = false;
    this.#measuring = true;
    try {
      const succeeded = await this.#measure(probe.inquiry);
      // A refresh during the measurement asks for another attempt.
      probe.failed = !succeeded && !probe.urgent;
    } finally {
      this.#measuring = false;
      this.#notBefore = this.#clock.now() + PAUSE;
      this.schedule();
    }
  }
}
