import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import type { LoadingWhat, Report } from '../../core/results/report.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { MEASURED, type RaceData, raceData } from '../../data/batches/race-data.ts';
import { summarise } from '../../data/summary.ts';
import { DeviceLostError } from '../../engine/device/error.ts';
import type { Checkpoints } from '../../engine/training/checkpoints.ts';
import { Keeper } from '../../engine/training/keeper.ts';
import { Race } from '../../engine/training/race.ts';
import { failureOf } from '../failure.ts';
import { Copies } from './copies.ts';
import { Hardware, type HardwareOptions } from './hardware.ts';
import { Shelf, type ShelfOptions } from './shelf.ts';

export interface VenueOptions extends Pick<HardwareOptions, 'start' | 'wasmPaths'>, ShelfOptions {
  readonly tell: (report: Report) => void;
  /** The device is lost: work on it rejects, and `mend` is to be called when no other work runs. */
  readonly onLost: () => void;
  /** Called when the race cannot be continued. */
  readonly onBroken: () => void;
}

export interface Opened {
  readonly race: Race;
  readonly data: RaceData;
  readonly keeper: Keeper;
}

const SAMPLES_PER_CLASS = 5;

/** Hosts the open race on a device, and recovers it on another device after a loss. */
export class Venue {
  readonly #options: VenueOptions;
  readonly #hardware: Hardware;
  readonly #shelf: Shelf;
  #copies = new Copies(new Map());
  #opened: Opened | null = null;
  /** Settles when the recovery after a device loss is done. */
  #mending: Promise<void> = Promise.resolve();

  constructor(options: VenueOptions) {
    const { tell, onLost } = options;
    this.#options = options;
    this.#shelf = new Shelf(options, (fraction) => this.#loading('data', fraction));
    this.#hardware = new Hardware({
      ...options,
      onStarting: () => this.#loading('device', 0),
      onStarted: (device) => tell({ tell: 'device', device }),
      onLost,
      onBroken: (error) => this.#break(error),
    });
  }

  /** The open race and its keeper; null if none is open. */
  get opened(): Opened | null {
    return this.#opened;
  }

  /** The open race. Throws if none is open. */
  race(): Race {
    if (this.#opened === null) throw new Error('race: none is open; press Reset or choose a preset');
    return this.#opened.race;
  }

  /** Resolves with the open race, after a pending recovery. */
  async standing(): Promise<Race> {
    await this.#mending.catch(() => {});
    return this.race();
  }

  /**
   * The result of `work`. Rejects with a `DeviceLostError` or a `DeviceError` as soon as the device is lost or broken.
   */
  whileItLasts<T>(work: Promise<T>): Promise<T> {
    return this.#hardware.whileItLasts(work);
  }

  /** Keeps bytes that the page transferred, by the hash of their content. */
  lend(hash: string, bytes: Uint8Array): void {
    this.#shelf.lent.set(hash, bytes);
  }

  /** Opens a race in place of the previous one, which stays open if this one is refused with a named error. */
  async open(experiment: Experiment, backend: BackendChoice, from: RaceSnapshot): Promise<void> {
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
      // The previous race needs its device.
      if (before !== null && this.#opened !== null) await this.#hardware.backTo(before);
      throw error;
    }
  }

  /** Creates and prepares a race on the current device, or on the next one if that is lost meanwhile. */
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

  /** After a device loss: recreates the race from its last snapshot on another device. Later surgery is kept. */
  mend(): Promise<void> {
    const { loss } = this.#hardware;
    if (loss === null || this.#opened === null) return Promise.resolve();
    const { race, data, keeper } = this.#opened;
    const { experiment } = race;
    const standing = Promise.resolve().then(() => this.#stand(experiment, data, keeper.latest, keeper));
    this.#mending = standing.then(
      () => {
        const { backend, reason } = loss;
        const choice = this.#hardware.standing?.choice ?? backend;
        const steps = this.race().begun;
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

  /** Reports the newest snapshot if autosave is due, or if it is the last one of a training. */
  tellCopy(last: boolean): void {
    if (this.#opened === null) return;
    const { race, keeper } = this.#opened;
    if (!this.#copies.isDue(keeper.latest, last)) return;
    this.#options.tell({ tell: 'copied', experiment: race.experiment, snapshot: keeper.latest });
  }

  #break(error: unknown): void {
    this.#opened = null;
    this.#options.onBroken();
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

  #loading(what: LoadingWhat, fraction: number): void {
    this.#options.tell({ tell: 'loading', what, fraction });
  }
}
