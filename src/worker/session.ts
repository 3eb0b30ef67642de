import { type Album, cutDataset } from '../data/album.ts';
import type { PicturedDataset } from '../data/dataset.ts';
import { MEASURED, raceData } from '../data/race-data.ts';
import type { ReadFile } from '../data/read.ts';
import { SOURCES } from '../data/source.ts';
import { summarise } from '../data/summary.ts';
import { type DeviceOptions, startDevice } from '../engine/device/device.ts';
import { Race } from '../engine/race.ts';
import { type Control, train } from '../engine/train.ts';
import type { BackendChoice, DeviceInfo } from '../spec/device.ts';
import type { DataSpec, Experiment } from '../spec/experiment.ts';
import { failureOf } from './failure.ts';
import type { Command, LoadingWhat, Report } from './protocol.ts';

export interface SessionOptions {
  readonly tell: (report: Report) => void;
  /** Reads one of the data files. */
  readonly read: ReadFile;
  readonly wasmPaths?: DeviceOptions['wasmPaths'];
}

interface Started {
  readonly choice: BackendChoice;
  readonly info: DeviceInfo;
}

const SAMPLES_PER_CLASS = 5;

/** The worker's side of the wall: one device, one race, and what the page asks of them. */
export class Session {
  readonly #options: SessionOptions;
  readonly #control: Control = { paused: true, pace: null };
  readonly #albums = new Map<DataSpec['source'], Album>();
  #device: Started | null = null;
  #race: Race | null = null;
  /** Settle when the training, the opening that runs now has ended. */
  #training: Promise<void> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Does what is asked. Rejects with a named error; what stood before it then still stands. */
  async do(command: Command): Promise<void> {
    switch (command.ask) {
      case 'open':
        return this.#open(command.experiment, command.backend);
      case 'train':
        return this.#train(command.until);
      case 'pause':
        return this.#pause();
      case 'pace':
        this.#control.pace = command.roundsPerSecond;
        return;
      case 'setGains':
        return this.#change((race) => race.setGains(command.lane, command.gains));
      case 'addLane':
        return this.#change((race) => race.addLane(command.lane));
      case 'removeLane':
        return this.#change((race) => race.removeLane(command.lane));
      default:
        return command satisfies never;
    }
  }

  /** One opening after another: two at once would build on each other's devices. */
  #open(experiment: Experiment, backend: BackendChoice): Promise<void> {
    this.#opening = this.#opening.catch(() => {}).then(() => this.#openNow(experiment, backend));
    return this.#opening;
  }

  async #openNow(experiment: Experiment, backend: BackendChoice): Promise<void> {
    await this.#pause();
    const { info } = await this.#deviceFor(backend);
    const dataset = await this.#dataset(experiment.data);
    const race = new Race(experiment, raceData(dataset, experiment.recipe), info);
    this.#race?.dispose();
    this.#race = race;
    if (info.backend === 'webgpu') await race.warmUp((fraction) => this.#loading('kernels', fraction));
    const { test: testUsed, shown, seed } = MEASURED;
    const data = summarise(dataset, { samplesPerClass: SAMPLES_PER_CLASS, shown, testUsed, seed });
    this.#options.tell({ tell: 'opened', experiment: race.experiment, data });
  }

  /** A device that broke is started anew, and so is another one than the last. */
  async #deviceFor(choice: BackendChoice): Promise<Started> {
    if (this.#device?.choice === choice) return this.#device;
    this.#loading('device', 0);
    const onBroken = (error: Error) => {
      // Its tensors went with the device.
      this.#device = null;
      this.#race = null;
      this.#control.paused = true;
      this.#options.tell({ tell: 'broken', failure: failureOf(error) });
    };
    const { wasmPaths } = this.#options;
    const options = wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths };
    const info = await startDevice(choice, options).catch(async (error: unknown) => {
      // The race that stands needs the device that it stands on.
      if (this.#device !== null) await startDevice(this.#device.info.backend, options);
      throw error;
    });
    this.#device = { choice, info };
    this.#options.tell({ tell: 'device', device: info });
    return this.#device;
  }

  async #dataset(spec: DataSpec): Promise<PicturedDataset> {
    const known = this.#albums.get(spec.source);
    if (known !== undefined) return cutDataset(known, spec);
    const album = await SOURCES[spec.source](this.#options.read, (fraction) => this.#loading('data', fraction));
    this.#albums.set(spec.source, album);
    return cutDataset(album, spec);
  }

  async #train(until: number): Promise<void> {
    await this.#opening.catch(() => {});
    await this.#pause();
    const race = this.#opened();
    this.#control.paused = false;
    this.#training = this.#tellProgress(race, until);
    await this.#training;
  }

  async #tellProgress(race: Race, until: number): Promise<void> {
    const { tell } = this.#options;
    tell({ tell: 'training', training: true });
    try {
      for await (const progress of train(race, until, this.#control)) tell({ tell: 'progress', ...progress });
    } finally {
      this.#control.paused = true;
      tell({ tell: 'training', training: false });
    }
  }

  async #pause(): Promise<void> {
    this.#control.paused = true;
    // How it ended is the business of who asked for the training.
    await this.#training.catch(() => {});
  }

  #change(act: (race: Race) => void): void {
    const race = this.#opened();
    act(race);
    this.#options.tell({ tell: 'changed', experiment: race.experiment, begun: race.begun });
  }

  #opened(): Race {
    if (this.#race === null) throw new Error('race: none is open; press Reset or choose a preset');
    return this.#race;
  }

  #loading(what: LoadingWhat, fraction: number): void {
    this.#options.tell({ tell: 'loading', what, fraction });
  }
}
