import { DeviceLostError } from '../engine/device/error.ts';
import { type Control, type Progress, train } from '../engine/train.ts';
import type { ProbeResult } from '../probes/probes.ts';
import type { LesionResult } from '../spec/lesion.ts';
import type { ImageAnswers } from '../spec/report.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import { Inquiries } from './inquiries.ts';
import type { Call, RequestOf } from './rpc.ts';
import type { LesionQuestion, ProbeQuestion, Report, TrainingApi } from './training-api.ts';
import { type Opened, Venue, type VenueOptions } from './venue.ts';

export type SessionOptions = Omit<VenueOptions, 'onLost' | 'onBroken'>;

type Request<Method extends keyof TrainingApi> = RequestOf<TrainingApi, Method>;

/**
 * The most that a question may take of the time that training gets, while it goes on. A probe is to cost a tenth, and
 * around its pieces there is some work that no piece counts.
 */
const SHARE = { probe: 0.08, lesion: 0.3 } as const;

/** The worker's side of the wall: one device, one race, and what the page asks of them. */
export class Session implements TrainingApi {
  readonly #tell: (report: Report) => void;
  readonly #venue: Venue;
  readonly #inquiries: Inquiries;
  #control: Control = { paused: true, pace: null };
  /** Settles when the opening, training or pause that was asked for last has ended. */
  #last: Promise<void> = Promise.resolve();
  #asked = 0;

  constructor(options: SessionOptions) {
    this.#tell = options.tell;
    this.#venue = new Venue({
      ...options,
      onLost: () => {
        this.#control.paused = true;
        // Whoever trains or opens a race on it goes on by himself.
        this.#last = this.#last.catch(() => {}).then(() => this.#venue.mend().catch(() => {}));
      },
      onBroken: () => {
        this.#control.paused = true;
      },
    });
    this.#inquiries = new Inquiries({
      race: () => this.#venue.standing(),
      rounds: () => (this.#control.paused ? null : (this.#venue.opened?.race.step ?? null)),
      whileItLasts: (work) => this.#venue.whileItLasts(work),
    });
  }

  open({ experiment, backend, from = new Map() }: Request<'open'>): Promise<void> {
    return this.#inTurn(async () => {
      // What is replaced can be brought back; that it cannot be copied does not keep another from being opened.
      await this.#keepAll().catch(() => {});
      await this.#inquiries.without(() => this.#venue.open(experiment, backend, from));
    });
  }

  train({ until }: Request<'train'>): Promise<void> {
    return this.#inTurn((isOutdated) => this.#train(until, isOutdated));
  }

  pause(): Promise<void> {
    return this.#inTurn(async () => {});
  }

  slowRound(): Promise<void> {
    return this.#inTurn(() => this.#slowRound());
  }

  async pace({ roundsPerSecond }: Request<'pace'>): Promise<void> {
    this.#control.pace = roundsPerSecond;
  }

  setGains({ lane, gains, from }: Request<'setGains'>): Promise<void> {
    return this.#change(({ race }) => race.setGains(lane, gains, from));
  }

  addLane({ lane }: Request<'addLane'>): Promise<void> {
    return this.#change(({ race }) => race.addLane(lane));
  }

  removeLane({ lane }: Request<'removeLane'>): Promise<void> {
    return this.#change(({ race, keeper }) => {
      race.removeLane(lane);
      keeper.checkpoints.forget(lane);
    });
  }

  branch({ lane, grow }: Request<'branch'>): Promise<void> {
    return this.#change(({ race }) => (grow ? race.grow(lane) : race.branch(lane)));
  }

  rewind({ lane, step }: Request<'rewind'>): Promise<void> {
    return this.#change(({ keeper }) => keeper.rewind(lane, step));
  }

  async lend({ hash, bytes }: Request<'lend'>): Promise<void> {
    this.#venue.lend(hash, bytes);
  }

  lesion({ lane, request }: LesionQuestion, call: Call<LesionResult>): Promise<LesionResult> {
    return this.#inquiries.answer<LesionResult>(SHARE.lesion, call, async (race, inquiry) =>
      race.insight(lane).lesion(request, inquiry),
    );
  }

  probe({ lane, request, atStart = false }: ProbeQuestion, call: Call<ProbeResult>): Promise<ProbeResult> {
    return this.#inquiries.answer<ProbeResult>(SHARE.probe, call, async (race, inquiry) => {
      const insight = atStart ? race.insightAtStart(lane) : race.insight(lane);
      const checkpoints = this.#venue.opened?.keeper.checkpoints.of(lane) ?? [];
      const path = checkpoints.map(({ steps, values }) => ({ step: steps, values }));
      return insight.probe(request, inquiry, path);
    });
  }

  async classify({ picture }: Request<'classify'>): Promise<ImageAnswers> {
    const race = await this.#venue.standing();
    return this.#venue.whileItLasts(race.classify(picture));
  }

  async weights({ lane }: Request<'weights'>, { transfer }: Pick<Call, 'transfer'>): Promise<Uint8Array<ArrayBuffer>> {
    const race = await this.#venue.standing();
    const file = await this.#venue.whileItLasts(race.weights(lane));
    transfer(file.buffer);
    return file;
  }

  /**
   * One after another, since two at once would build on each other's devices and races. What trains now ends; what
   * waits can ask whether something was asked for since.
   */
  #inTurn(work: (isOutdated: () => boolean) => Promise<void>): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#control.paused = true;
    this.#last = this.#last.catch(() => {}).then(() => work(() => asked !== this.#asked));
    return this.#last;
  }

  /** Trains to the end or a pause; where the device is lost, it goes on by itself on the next. */
  async #train(until: number, isOutdated: () => boolean): Promise<void> {
    if (isOutdated()) return;
    this.#venue.race();
    const tell = this.#tell;
    tell({ tell: 'training', training: true });
    try {
      while (!isOutdated() && !(await this.#trainWhileItLasts(until))) await this.#venue.mend();
    } finally {
      this.#control.paused = true;
      tell({ tell: 'training', training: false });
    }
    await this.#keepAll();
  }

  /** A loss in a pause then costs nothing. One until then is mended in its turn. */
  async #keepAll(): Promise<void> {
    if (this.#venue.opened === null) return;
    try {
      await this.#venue.whileItLasts(this.#venue.opened.keeper.finish());
      this.#venue.tellCopy(true);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** Whether training came to its end; false where the device was lost before. */
  async #trainWhileItLasts(until: number): Promise<boolean> {
    const race = this.#venue.race();
    // Its own: what still runs of a training whose device is lost must never go on.
    this.#control = { paused: false, pace: this.#control.pace };
    const training = train(race, until, this.#control);
    try {
      for (;;) {
        const next = await this.#venue.whileItLasts(training.next());
        if (next.done === true) break;
        await this.#hear(next.value);
        this.#venue.tellCopy(false);
      }
      return true;
    } catch (error) {
      if (error instanceof DeviceLostError) return false;
      throw error;
    }
  }

  async #hear(progress: Progress): Promise<void> {
    this.#tell({ tell: 'progress', ...progress });
    for (const { lane, step } of progress.race.diverged) await this.#diagnose(lane, step);
    await this.#venue.whileItLasts(this.#venue.opened?.keeper.keep() ?? Promise.resolve());
  }

  /** Where the device is lost meanwhile, the one that asked is told so, and the race goes on from its copy. */
  async #slowRound(): Promise<void> {
    const race = this.#venue.race();
    let round: SlowRound = { steps: [] };
    // A round in which the nets only grew has no steps.
    while (round.steps.length === 0) {
      if (!Number.isFinite(race.finished)) throw new Error('slow motion: no net can train; rewind one or press Reset');
      round = await this.#venue.whileItLasts(race.slowRound());
      await this.#hear({ race: await this.#venue.whileItLasts(race.report()), roundsPerSecond: null });
    }
    this.#tell({ tell: 'slowRound', round });
    await this.#keepAll();
  }

  async #diagnose(lane: string, step: number): Promise<void> {
    if (this.#venue.opened === null) return;
    const { race, keeper } = this.#venue.opened;
    const layer = await this.#venue.whileItLasts(race.diagnose(lane, keeper.checkpoints.at(lane, step - 1)));
    if (layer !== null) this.#tell({ tell: 'diagnosed', lane, layer });
  }

  async #change(act: (opened: Opened) => unknown): Promise<void> {
    const race = await this.#venue.standing();
    if (this.#venue.opened !== null) await act(this.#venue.opened);
    this.#tell({ tell: 'changed', experiment: race.experiment, begun: race.begun });
  }
}
