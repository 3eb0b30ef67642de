import { type Album, cutDataset } from '../data/album.ts';
import type { PicturedDataset } from '../data/dataset.ts';
import { MEASURED, raceData } from '../data/race-data.ts';
import type { ReadFile } from '../data/read.ts';
import { SOURCES } from '../data/source.ts';
import { summarise } from '../data/summary.ts';
import { type DeviceOptions, startDevice } from '../engine/device/device.ts';
import type { DeviceError } from '../engine/device/error.ts';
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
  /** Settles when the opening, training or pause that was asked for last has ended. */
  #last: Promise<void> = Promise.resolve();
  #asked = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Does what is asked. Rejects with a named error; what stood before it then still stands. */
  async do(command: Command): Promise<void> {
    switch (command.ask) {
      case 'open':
        return this.#inTurn(() => this.#open(command.experiment, command.backend));
      case 'train':
        return this.#inTurn(async (outdated) => {
          if (!outdated) await this.#train(command.until);
        });
      case 'pause':
        return this.#inTurn(async () => {});
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

  /**
   * One after another, since two at once would build on each other's devices and races. What trains now ends; what
   * waits is told that something was asked for since.
   */
  #inTurn(work: (outdated: boolean) => Promise<void>): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.#control.paused = true;
    this.#last = this.#last.catch(() => {}).then(() => work(asked !== this.#asked));
    return this.#last;
  }

  async #open(experiment: Experiment, backend: BackendChoice): Promise<void> {
    const before = this.#device;
    try {
      const info = await this.#deviceFor(backend);
      const dataset = await this.#dataset(experiment.data);
      const race = await this.#raceOf(experiment, dataset, info);
      this.#race?.dispose();
      this.#race = race;
      const { test: testUsed, shown, seed } = MEASURED;
      const data = summarise(dataset, { samplesPerClass: SAMPLES_PER_CLASS, shown, testUsed, seed });
      this.#options.tell({ tell: 'opened', experiment: race.experiment, data });
    } catch (error) {
      if (before?.choice !== backend) await this.#backTo(before);
      throw error;
    }
  }

  /** A device that broke is started anew, and so is another one than the last. */
  async #deviceFor(choice: BackendChoice): Promise<DeviceInfo> {
    if (this.#device?.choice === choice) return this.#device.info;
    this.#loading('device', 0);
    const info = await startDevice(choice, this.#deviceOptions);
    this.#standOn({ choice, info });
    return info;
  }

  /** The race that stands needs the device that it stands on. */
  async #backTo(device: Started | null): Promise<void> {
    if (device === null || this.#race === null) return;
    await startDevice(device.info.backend, this.#deviceOptions);
    if (this.#device !== device) this.#standOn(device);
  }

  #standOn(device: Started): void {
    this.#device = device;
    this.#options.tell({ tell: 'device', device: device.info });
  }

  get #deviceOptions(): DeviceOptions {
    const { wasmPaths } = this.#options;
    const onBroken = (error: DeviceError) => {
      // One that was left for another may break as it likes.
      if (error.backend !== this.#device?.info.backend) return;
      // Its tensors went with the device.
      this.#device = null;
      this.#race = null;
      this.#control.paused = true;
      this.#options.tell({ tell: 'broken', failure: failureOf(error) });
    };
    return wasmPaths === undefined ? { onBroken } : { onBroken, wasmPaths };
  }

  async #raceOf(experiment: Experiment, dataset: PicturedDataset, info: DeviceInfo): Promise<Race> {
    const race = new Race(experiment, raceData(dataset, experiment.recipe), info);
    try {
      if (info.backend === 'webgpu') await race.warmUp((fraction) => this.#loading('kernels', fraction));
      return race;
    } catch (error) {
      race.dispose();
      throw error;
    }
  }

  async #dataset(spec: DataSpec): Promise<PicturedDataset> {
    const known = this.#albums.get(spec.source);
    if (known !== undefined) return cutDataset(known, spec);
    const album = await SOURCES[spec.source](this.#options.read, (fraction) => this.#loading('data', fraction));
    this.#albums.set(spec.source, album);
    return cutDataset(album, spec);
  }

  async #train(until: number): Promise<void> {
    const race = this.#opened();
    const { tell } = this.#options;
    this.#control.paused = false;
    tell({ tell: 'training', training: true });
    try {
      for await (const progress of train(race, until, this.#control)) tell({ tell: 'progress', ...progress });
    } finally {
      this.#control.paused = true;
      tell({ tell: 'training', training: false });
    }
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
