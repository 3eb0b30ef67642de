import type { Report } from '../../core/results/report.ts';
import { DeviceLostError } from '../../engine/device/error.ts';
import { type Control, type Progress, train } from '../../engine/training/train.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { Inquiries } from './inquiries.ts';
import type { RaceHost } from './race-host.ts';
import { PLAIN } from './shards/measuring.ts';

/** A diagnosis makes a step for each round of training: it repeats 50 at most, and others wait for it. */
const DIAGNOSIS_SHARE = 1;

/** Trains the open race, tells what it measures, and goes on after a loss of the device. One call at a time. */
export class TrainingLoop {
  readonly #host: RaceHost;
  readonly #inquiries: Inquiries;
  readonly #emit: (report: Report) => void;
  #control: Control = { until: 0, paused: true, maxRoundsPerSecond: null, batch: 'last' };

  constructor(host: RaceHost, inquiries: Inquiries, emit: (report: Report) => void) {
    this.#host = host;
    this.#inquiries = inquiries;
    this.#emit = emit;
  }

  get isPaused(): boolean {
    return this.#control.paused;
  }

  pause(): void {
    this.#control.paused = true;
  }

  /** Changes how it trains, during a training and for the next one. */
  set(change: Partial<Omit<Control, 'paused'>>): void {
    Object.assign(this.#control, change);
  }

  /** Trains to the end or a pause; after a loss of the device, continues on the next one. */
  async train(until: number, isOutdated: () => boolean): Promise<void> {
    if (isOutdated()) return;
    this.#host.race();
    this.#control.until = until;
    const emit = this.#emit;
    emit({ type: 'training', training: true });
    try {
      while (!isOutdated() && !(await this.#trainUntilDeviceLost())) await this.#host.recover();
    } finally {
      this.#control.paused = true;
      emit({ type: 'training', training: false });
    }
    await this.keepAll();
  }

  /** Takes one step in slow motion. Rejects if the device is lost meanwhile; the race then recovers from its snapshot. */
  async slowRound(): Promise<void> {
    const race = this.#host.race();
    if (!Number.isFinite(race.leastSteps)) throw new SaidError(sentence('errors.none.slowMotion'));
    const round = await this.#orGoneBack(race.slowRound());
    race.answerBatch(this.#control.batch ?? 'last');
    await this.#hear({ race: await this.#orGoneBack(race.report()), roundsPerSecond: null });
    this.#emit({ type: 'slowRound', round });
    await this.keepAll();
  }

  /** Completes the snapshot of the present step, so that a device loss during a pause loses no step. */
  async keepAll(): Promise<void> {
    if (this.#host.opened === null) return;
    try {
      await this.#host.orDeviceLost(this.#host.opened.snapshotter.finish());
      this.#host.tellSnapshot(true);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** Resolves with true when training ends, with false if the device was lost before. */
  async #trainUntilDeviceLost(): Promise<boolean> {
    const race = this.#host.race();
    // A control of its own: leftovers of a training whose device was lost must never go on.
    this.#control = { ...this.#control, paused: false };
    const training = train(race, this.#control);
    try {
      for (;;) {
        const next = await this.#orGoneBack(training.next());
        if (next.done === true) break;
        await this.#hear(next.value);
        this.#host.tellSnapshot(false);
      }
      return true;
    } catch (error) {
      if (error instanceof DeviceLostError) return false;
      throw error;
    }
  }

  /** The result of rounds. Rejects where they fail, when the race has gone back to its last snapshot. */
  async #orGoneBack<T>(rounds: Promise<T>): Promise<T> {
    try {
      return await this.#host.orDeviceLost(rounds);
    } catch (error) {
      // Where it cannot go back, it is told as broken.
      if (!(error instanceof DeviceLostError)) await this.#inquiries.without(() => this.#host.goBack()).catch(() => {});
      throw error;
    }
  }

  async #hear(progress: Progress): Promise<void> {
    const { batch } = progress.race;
    const shown = batch && { shown: this.#host.shownBatch(batch.step) };
    this.#emit({ type: 'progress', ...progress, ...shown });
    for (const { lane, step } of progress.race.diverged) this.#diagnose(lane, step);
    await this.#host.orDeviceLost(this.#host.opened?.snapshotter.snapshotIfDue() ?? Promise.resolve());
  }

  /**
   * Begins to look for the layer in which a lane diverged in this step, and tells it. Where that fails, or the lane was
   * rewound before its turn comes, no layer is told.
   */
  #diagnose(lane: string, step: number): void {
    const diagnosed = this.#inquiries.answer<never, string | null>(DIAGNOSIS_SHARE, PLAIN, async (race, inquiry) => {
      // It may have been removed since the report was asked for.
      if (!race.begun.has(lane)) return null;
      // Now, since a checkpoint of before a rewind is not one of the steps that the lane has made again.
      const from = this.#host.opened?.snapshotter.checkpoints.at(lane, step - 1) ?? null;
      return race.diagnose(lane, step, from, inquiry);
    });
    diagnosed
      .then((layer) => {
        if (layer !== null) this.#emit({ type: 'diagnosed', lane, layer });
      })
      .catch(() => {});
  }
}
