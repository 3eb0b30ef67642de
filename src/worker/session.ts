import { MEASURED, type RaceData, raceData } from '../data/race-data.ts';
import { summarise } from '../data/summary.ts';
import type { Checkpoints } from '../engine/checkpoints.ts';
import { DeviceLostError } from '../engine/device/error.ts';
import { Keeper } from '../engine/keeper.ts';
import { Race } from '../engine/race.ts';
import { type Control, type Progress, train } from '../engine/train.ts';
import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import type { Experiment } from '../spec/experiment.ts';
import type { SlowRound } from '../spec/slow-round.ts';
import type { RaceSnapshot } from '../spec/snapshot.ts';
import { Copies } from './copies.ts';
import { failureOf } from './failure.ts';
import { Hardware, type HardwareOptions } from './hardware.ts';
import { Inquiries } from './inquiries.ts';
import type { Command, InsideFinding, InsideQuestion, LoadingWhat, Report } from './protocol.ts';
import { Shelf, type ShelfOptions } from './shelf.ts';

export interface SessionOptions extends Pick<HardwareOptions, 'start' | 'wasmPaths'>, ShelfOptions {
  readonly tell: (report: Report) => void;
}

interface Opened {
  readonly race: Race;
  readonly data: RaceData;
  readonly keeper: Keeper;
}

const SAMPLES_PER_CLASS = 5;

/** The worker's side of the wall: one device, one race, and what the page asks of them. */
export class Session {
  readonly #options: SessionOptions;
  readonly #hardware: Hardware;
  readonly #inquiries: Inquiries;
  readonly #shelf: Shelf;
  #copies = new Copies(new Map());
  #control: Control = { paused: true, pace: null };
  #opened: Opened | null = null;
  /** Settles when the opening, training or pause that was asked for last has ended. */
  #last: Promise<void> = Promise.resolve();
  #asked = 0;
  /** Settles when the race stands on another device than the one that was lost. */
  #mending: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    const { tell } = options;
    this.#options = options;
    this.#shelf = new Shelf(options, (fraction) => this.#loading('data', fraction));
    this.#inquiries = new Inquiries({
      race: () => this.#mending.catch(() => {}).then(() => this.#race()),
      rounds: () => (this.#control.paused ? null : (this.#opened?.race.step ?? null)),
      checkpoints: (lane) => this.#opened?.keeper.checkpoints.of(lane) ?? [],
      whileItLasts: (work) => this.#hardware.whileItLasts(work),
    });
    this.#hardware = new Hardware({
      ...options,
      onStarting: () => this.#loading('device', 0),
      onStarted: (device) => tell({ tell: 'device', device }),
      onLost: () => {
        this.#control.paused = true;
        // Whoever trains or opens a race on it goes on by himself.
        this.#last = this.#last.catch(() => {}).then(() => this.#mend().catch(() => {}));
      },
      onBroken: (error) => this.#break(error),
    });
  }

  /** Does what is asked. Rejects with a named error; what stood before it then still stands. */
  async do(command: Command): Promise<void> {
    switch (command.ask) {
      case 'open':
        return this.#inTurn(() =>
          this.#inquiries.without(() => this.#open(command.experiment, command.backend, command.from)),
        );
      case 'train':
        return this.#inTurn((isOutdated) => this.#train(command.until, isOutdated));
      case 'pause':
        return this.#inTurn(async () => {});
      case 'slowRound':
        return this.#inTurn(() => this.#slowRound());
      case 'pace':
        this.#control.pace = command.roundsPerSecond;
        return;
      case 'setGains':
        return this.#change(({ race }) => race.setGains(command.lane, command.gains, command.from));
      case 'addLane':
        return this.#change(({ race }) => race.addLane(command.lane));
      case 'removeLane':
        return this.#change(({ race, keeper }) => {
          race.removeLane(command.lane);
          keeper.checkpoints.forget(command.lane);
        });
      case 'branch':
        return this.#change(({ race }) => (command.grow ? race.grow(command.lane) : race.branch(command.lane)));
      case 'lend':
        this.#shelf.lent.set(command.hash, command.bytes);
        return;
      case 'rewind':
        return this.#change(({ keeper }) => keeper.rewind(command.lane, command.step));
      default:
        return command satisfies never;
    }
  }

  /** Answers a question about a lane's inside, while training goes on. Rejects with a named error. */
  find(id: number, question: InsideQuestion, onPart: (part: InsideFinding) => void): Promise<InsideFinding> {
    return this.#inquiries.find(id, question, onPart);
  }

  /** What each lane takes an image for, while training goes on. */
  async classify(rgb: Uint8Array): Promise<ReadonlyMap<string, readonly number[]>> {
    await this.#mending.catch(() => {});
    return this.#hardware.whileItLasts(this.#race().classify(rgb));
  }

  /** A lane's weights as a file of the safetensors format. */
  async weights(lane: string): Promise<Uint8Array<ArrayBuffer>> {
    await this.#mending.catch(() => {});
    return this.#hardware.whileItLasts(this.#race().weights(lane));
  }

  /** The question of this id need not be answered any more. */
  withdraw(id: number): void {
    this.#inquiries.withdraw(id);
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

  async #open(experiment: Experiment, backend: BackendChoice, from: RaceSnapshot = new Map()): Promise<void> {
    const before = this.#hardware.standing;
    try {
      await this.#hardware.start(backend);
      const dataset = await this.#shelf.dataset(experiment.data);
      const data = raceData(dataset, experiment.recipe);
      await this.#stand(experiment, data, from);
      const { test: testUsed, shown, seed } = MEASURED;
      const summary = summarise(dataset, { samplesPerClass: SAMPLES_PER_CLASS, shown, testUsed, seed });
      this.#options.tell({ tell: 'opened', experiment, data: summary });
    } catch (error) {
      // The race that stands needs the device that it stands on.
      if (before !== null && this.#opened !== null) await this.#hardware.backTo(before);
      throw error;
    }
  }

  /** Puts a race where the one before it stood, on the device that stands, or where that is lost meanwhile the next. */
  async #stand(experiment: Experiment, data: RaceData, snapshot: RaceSnapshot, before?: Keeper): Promise<void> {
    for (;;) {
      const info = this.#hardware.standing?.info ?? (await this.#hardware.replace());
      try {
        const race = await this.#hardware.whileItLasts(this.#raceOf(experiment, data, info, snapshot));
        this.#opened?.race.dispose();
        const onKept = (kept: Checkpoints) => this.#options.tell({ tell: 'kept', steps: kept.all() });
        const keeper = new Keeper(race, snapshot, { onKept, ...(before && { checkpoints: before.checkpoints }) });
        this.#opened = { race, data, keeper };
        this.#copies = new Copies(snapshot);
        return;
      } catch (error) {
        if (!(error instanceof DeviceLostError)) throw error;
      }
    }
  }

  /** After a loss: the race again, from its last copy, on another device. Surgery since then is done again in its turn. */
  #mend(): Promise<void> {
    const { loss } = this.#hardware;
    if (loss === null || this.#opened === null) return Promise.resolve();
    const { race, data, keeper } = this.#opened;
    const { experiment } = race;
    const standing = Promise.resolve().then(() => this.#stand(experiment, data, keeper.latest, keeper));
    this.#mending = standing.then(
      () => {
        const { backend, reason } = loss;
        const choice = this.#hardware.standing?.choice ?? backend;
        const steps = this.#race().begun;
        this.#options.tell({ tell: 'recovered', loss: { backend, reason }, backend: choice, experiment, steps });
      },
      (error: unknown) => {
        this.#break(error);
        throw error;
      },
    );
    this.#mending.catch(() => {});
    return this.#mending;
  }

  /** The race cannot go on. */
  #break(error: unknown): void {
    this.#opened = null;
    this.#control.paused = true;
    this.#options.tell({ tell: 'broken', failure: failureOf(error) });
  }

  async #raceOf(experiment: Experiment, data: RaceData, info: DeviceInfo, snapshot: RaceSnapshot): Promise<Race> {
    const race = new Race(experiment, data, info, snapshot, this.#shelf.lent);
    try {
      if (info.backend === 'webgpu') await race.warmUp((fraction) => this.#loading('kernels', fraction));
      return race;
    } catch (error) {
      race.dispose();
      throw error;
    }
  }

  /** Trains to the end or a pause; where the device is lost, it goes on by itself on the next. */
  async #train(until: number, isOutdated: () => boolean): Promise<void> {
    if (isOutdated()) return;
    this.#race();
    const { tell } = this.#options;
    tell({ tell: 'training', training: true });
    try {
      while (!isOutdated() && !(await this.#trainWhileItLasts(until))) await this.#mend();
    } finally {
      this.#control.paused = true;
      tell({ tell: 'training', training: false });
    }
    await this.#keepAll();
  }

  /** A loss in a pause then costs nothing. One until then is mended in its turn. */
  async #keepAll(): Promise<void> {
    if (this.#opened === null) return;
    try {
      await this.#hardware.whileItLasts(this.#opened.keeper.finish());
      this.#tellCopy(true);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /** Tells the newest copy where it is time for one, or where it is the last. */
  #tellCopy(last: boolean): void {
    if (this.#opened === null) return;
    const { race, keeper } = this.#opened;
    if (!this.#copies.isDue(keeper.latest, last)) return;
    this.#options.tell({ tell: 'copied', experiment: race.experiment, snapshot: keeper.latest });
  }

  /** Whether training came to its end; false where the device was lost before. */
  async #trainWhileItLasts(until: number): Promise<boolean> {
    const race = this.#race();
    // Its own: what still runs of a training whose device is lost must never go on.
    this.#control = { paused: false, pace: this.#control.pace };
    const training = train(race, until, this.#control);
    try {
      for (;;) {
        const next = await this.#hardware.whileItLasts(training.next());
        if (next.done === true) break;
        await this.#hear(next.value);
        this.#tellCopy(false);
      }
      return true;
    } catch (error) {
      if (error instanceof DeviceLostError) return false;
      throw error;
    }
  }

  async #hear(progress: Progress): Promise<void> {
    this.#options.tell({ tell: 'progress', ...progress });
    for (const { lane, step } of progress.race.diverged) await this.#diagnose(lane, step);
    await this.#hardware.whileItLasts(this.#opened?.keeper.keep() ?? Promise.resolve());
  }

  /** Where the device is lost meanwhile, the one that asked is told so, and the race goes on from its copy. */
  async #slowRound(): Promise<void> {
    const race = this.#race();
    let round: SlowRound = { steps: [] };
    // A round in which the nets only grew has no steps.
    while (round.steps.length === 0) {
      if (!Number.isFinite(race.finished)) throw new Error('slow motion: no net can train; rewind one or press Reset');
      round = await this.#hardware.whileItLasts(race.slowRound());
      await this.#hear({ race: await this.#hardware.whileItLasts(race.report()), roundsPerSecond: null });
    }
    this.#options.tell({ tell: 'slowRound', round });
    await this.#keepAll();
  }

  async #diagnose(lane: string, step: number): Promise<void> {
    if (this.#opened === null) return;
    const { race, keeper } = this.#opened;
    const layer = await this.#hardware.whileItLasts(race.diagnose(lane, keeper.checkpoints.at(lane, step - 1)));
    if (layer !== null) this.#options.tell({ tell: 'diagnosed', lane, layer });
  }

  async #change(act: (opened: Opened) => unknown): Promise<void> {
    await this.#mending.catch(() => {});
    const race = this.#race();
    if (this.#opened !== null) await act(this.#opened);
    this.#options.tell({ tell: 'changed', experiment: race.experiment, begun: race.begun });
  }

  #race(): Race {
    if (this.#opened === null) throw new Error('race: none is open; press Reset or choose a preset');
    return this.#opened.race;
  }

  #loading(what: LoadingWhat, fraction: number): void {
    this.#options.tell({ tell: 'loading', what, fraction });
  }
}
