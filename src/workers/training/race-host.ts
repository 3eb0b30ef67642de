import { MEASURED } from '../../core/data/measured.ts';
import type { BackendChoice, DeviceInfo } from '../../core/experiment/device.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import type { LoadingWhat, Report, ShownBatch } from '../../core/results/report.ts';
import type { RaceSnapshot } from '../../core/results/snapshot.ts';
import { type RaceData, raceData, SAMPLES_PER_CLASS } from '../../data/batches/race-data.ts';
import type { PicturedDataset } from '../../data/dataset.ts';
import { labelledPictures, summarise } from '../../data/summary.ts';
import { DeviceLostError } from '../../engine/device/error.ts';
import { savedGains } from '../../engine/state-dict/saved-gains.ts';
import type { Checkpoints } from '../../engine/training/checkpoints.ts';
import { Race } from '../../engine/training/race.ts';
import { Snapshotter } from '../../engine/training/snapshotter.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import { failureOf, Withdrawn } from '../rpc.ts';
import { AutosaveThrottle } from './autosave-throttle.ts';
import { DatasetCache, type DatasetCacheOptions } from './dataset-cache.ts';
import { DeviceManager, type DeviceManagerOptions } from './device-manager.ts';
import { ShardWorkers, type StartShard } from './shards/shard-workers.ts';
import { ShardedRace } from './shards/sharded-race.ts';

export interface RaceHostOptions extends Pick<DeviceManagerOptions, 'start' | 'wasmPaths'>, DatasetCacheOptions {
  readonly emit: (report: Report) => void;
  /** The device is lost: work on it rejects, and `recover` is to be called when no other work runs. */
  readonly onLost: () => void;
  /** Called when the race cannot be continued. */
  readonly onBroken: () => void;
  /** Starts workers that take lanes over on wasm; left out, the session's thread trains all lanes. */
  readonly startShard?: StartShard;
}

export interface Opened {
  readonly race: ShardedRace;
  readonly dataset: PicturedDataset;
  readonly data: RaceData;
  readonly snapshotter: Snapshotter;
}

/** Hosts the open race on a device, and recovers it on another device after a loss. */
export class RaceHost {
  readonly #options: RaceHostOptions;
  readonly #device: DeviceManager;
  readonly #datasets: DatasetCache;
  #throttle = new AutosaveThrottle(new Map());
  #opened: Opened | null = null;
  /** Settles when the recovery after a device loss is done. */
  #recovering: Promise<void> = Promise.resolve();
  /** False once a shard's worker has ended: the next one might end, too. */
  #mayShard = true;

  constructor(options: RaceHostOptions) {
    const { emit, onLost } = options;
    this.#options = options;
    this.#datasets = new DatasetCache(options);
    this.#device = new DeviceManager({
      ...options,
      onStarting: () => this.#loading('device', 0),
      onStarted: (device) => emit({ type: 'device', device }),
      onLost,
      onBroken: (error) => this.#break(error),
    });
  }

  /** The open race and its snapshotter; null if none is open. */
  get opened(): Opened | null {
    return this.#opened;
  }

  /** The open race. Throws if none is open. */
  race(): ShardedRace {
    if (this.#opened === null) throw new SaidError(sentence('errors.none.race'));
    return this.#opened.race;
  }

  /** Resolves with the open race, after a pending recovery. */
  async ready(): Promise<ShardedRace> {
    await this.#recovering.catch(() => {});
    return this.race();
  }

  /**
   * The result of `work`. Rejects with a `DeviceLostError` or a `DeviceError` as soon as the device is lost or broken.
   */
  orDeviceLost<T>(work: Promise<T>): Promise<T> {
    return this.#device.orDeviceLost(work);
  }

  /** Keeps bytes that the page transferred, by the hash of their content. */
  provide(hash: string, bytes: Uint8Array): void {
    this.#datasets.transferred.set(hash, bytes);
  }

  savedGains(hash: string): readonly number[] | null {
    const file = this.#datasets.transferred.get(hash);
    return file === undefined ? null : savedGains(file);
  }

  withdraw(hash: string): void {
    this.#datasets.withdraw(hash);
  }

  /**
   * Opens a race in place of the previous one, which stays open if this one is refused with a named error. Rejects with
   * `Withdrawn` where the signal is aborted while it waits for images; they are read to the end, for a later race.
   */
  async open(experiment: Experiment, backend: BackendChoice, from: RaceSnapshot, signal: AbortSignal): Promise<void> {
    const before = this.#device.current;
    try {
      const started = this.#device.start(backend);
      // The images are read while the device starts, since both wait for files; a device that fails is told first.
      const images = this.#datasets.dataset(experiment.data, (fraction) => {
        if (!signal.aborted) this.#loading('data', fraction);
      });
      images.catch(() => {});
      await started;
      const dataset = await unlessAborted(images, signal);
      const data = raceData(dataset, experiment.recipe);
      await this.#start(experiment, dataset, data, from);
      // A race that is recreated goes on with its own: what it is recreated from may not have been sent.
      this.#throttle = new AutosaveThrottle(from);
      const { shown, seed } = MEASURED;
      const summary = summarise(dataset, { samplesPerClass: SAMPLES_PER_CLASS, shown, seed });
      const step = Math.max(0, this.race().step - 1);
      this.#options.emit({ type: 'opened', experiment, data: summary, batch: { step, shown: this.shownBatch(step) } });
      // What the race goes on from can be gone back to.
      const kept = this.#opened?.snapshotter.checkpoints.all() ?? new Map();
      if (kept.size > 0) this.#options.emit({ type: 'kept', steps: kept });
    } catch (error) {
      // The previous race needs its device, which has all threads when it is started.
      if (before !== null && this.#opened !== null && (await this.#device.backTo(before))) {
        this.#opened.race.divideCoresAgain();
      }
      throw error;
    }
  }

  /** The pictures of a training batch that the nets are asked about. */
  shownBatch(step: number): ShownBatch['shown'] {
    if (this.#opened === null) return [];
    const { dataset, data } = this.#opened;
    return labelledPictures(dataset, 'train', data.batchImages(step, MEASURED.shown));
  }

  /** Creates and prepares a race on the current device, or on the next one if that is lost meanwhile. */
  async #start(
    experiment: Experiment,
    dataset: PicturedDataset,
    data: RaceData,
    snapshot: RaceSnapshot,
    before?: Snapshotter,
  ): Promise<void> {
    for (;;) {
      const info = this.#device.current?.info ?? (await this.#device.replace());
      try {
        const opened = await this.#device.orDeviceLost(this.#raceOf(experiment, data, info, snapshot));
        this.#opened?.race.dispose();
        const files = this.#datasets.transferred;
        const race = new ShardedRace(opened, { data, snapshot, files }, this.#shardWorkers(info, dataset));
        const onCheckpoints = (kept: Checkpoints) => this.#options.emit({ type: 'kept', steps: kept.all() });
        const snapshotter = new Snapshotter(race, snapshot, {
          onCheckpoints,
          ...(before && { checkpoints: before.checkpoints }),
        });
        this.#opened = { race, dataset, data, snapshotter };
        return;
      } catch (error) {
        if (!(error instanceof DeviceLostError)) throw error;
      }
    }
  }

  /** Workers for the lanes of a race on wasm; null where there is one core, or on other devices. */
  #shardWorkers({ backend, cores = 1 }: DeviceInfo, dataset: PicturedDataset): ShardWorkers | null {
    const { startShard: start, emit } = this.#options;
    if (start === undefined || backend !== 'wasm' || cores === 1 || !this.#mayShard) return null;
    return new ShardWorkers({
      start,
      dataset,
      cores,
      onDistribution: emit,
      onLost: (reason) => {
        this.#mayShard = false;
        this.#device.lose(reason || sentence('errors.worker.oneEnded'));
      },
    });
  }

  /** After a device loss: recreates the race from its last snapshot on another device. Later surgery is kept. */
  recover(): Promise<void> {
    const { loss } = this.#device;
    if (loss === null || this.#opened === null) return Promise.resolve();
    const { experiment } = this.#opened.race;
    return this.#recreate(this.#opened, () => {
      const { backend, reason } = loss;
      const choice = this.#device.current?.choice ?? backend;
      const steps = this.race().begun;
      this.#options.emit({ type: 'recovered', loss: { backend, reason }, backend: choice, experiment, steps });
    });
  }

  /** After a round that failed, in which some lanes may have made a step and others not: goes back to the last snapshot. */
  goBack(): Promise<void> {
    if (this.#opened === null) return Promise.resolve();
    const { race } = this.#opened;
    const { experiment } = race;
    // There may be no room for two.
    race.dispose();
    return this.#recreate(this.#opened, () =>
      this.#options.emit({ type: 'changed', experiment, begun: this.race().begun }),
    );
  }

  /** Recreates the race from its last snapshot, and then tells of it and sends that snapshot: training may end here. */
  #recreate({ race: { experiment }, dataset, data, snapshotter }: Opened, tell: () => void): Promise<void> {
    const started = Promise.resolve().then(() =>
      this.#start(experiment, dataset, data, snapshotter.latest, snapshotter),
    );
    const tellAll = () => {
      tell();
      this.tellSnapshot(true);
    };
    this.#recovering = started.then(tellAll, (error: unknown) => {
      this.#break(error);
      throw error;
    });
    this.#recovering.catch(() => {});
    return this.#recovering;
  }

  /** Reports the newest snapshot, unless it is reported already: if autosave is due, or no other comes soon (`last`). */
  tellSnapshot(last: boolean): void {
    if (this.#opened === null) return;
    const { race, snapshotter } = this.#opened;
    if (!this.#throttle.isDue(snapshotter.latest, last)) return;
    this.#options.emit({ type: 'copied', experiment: race.experiment, snapshot: snapshotter.latest });
  }

  #break(error: unknown): void {
    this.#opened = null;
    this.#options.onBroken();
    this.#options.emit({ type: 'broken', failure: failureOf(error) });
  }

  async #raceOf(experiment: Experiment, data: RaceData, info: DeviceInfo, snapshot: RaceSnapshot): Promise<Race> {
    const race = new Race(experiment, data, info, snapshot, this.#datasets.transferred);
    try {
      await race.settled();
      if (info.backend === 'webgpu') await race.warmUp((fraction) => this.#loading('kernels', fraction));
      return race;
    } catch (error) {
      race.dispose();
      throw error;
    }
  }

  #loading(what: LoadingWhat, fraction: number): void {
    this.#options.emit({ type: 'loading', what, fraction });
  }
}

/** The result of `work`; rejects with `Withdrawn` where that is not there when the signal is aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const withdraw = () => reject(new Withdrawn());
    if (signal.aborted) withdraw();
    else signal.addEventListener('abort', withdraw, { once: true });
  });
  return Promise.race([work, aborted]);
}
