import type { Experiment } from '../../../core/experiment/experiment.ts';
import type { Distributed } from '../../../core/results/report.ts';
import type { Dataset, Split } from '../../../data/dataset.ts';
import type { Phrase } from '../../../language/sentence.ts';
import type { Supervised } from '../../supervisor.ts';
import type { ShardApi } from './api.ts';
import { RemoteShard } from './remote-shard.ts';

/** Starts the worker of a shard; `onEnd` is called where it ends by itself. */
export type StartShard = (onEnd: (reason: Phrase) => void) => Supervised<ShardApi>;

export interface ShardWorkersOptions {
  readonly start: StartShard;
  readonly dataset: Dataset;
  /** Cores on which training runs faster. */
  readonly cores: number;
  readonly onDistribution: (distribution: Distributed) => void;
  /** Called where a worker has ended, with the lanes in it. */
  readonly onLost: (reason: Phrase) => void;
}

interface ShardWorker {
  readonly shard: RemoteShard;
  readonly worker: Supervised<ShardApi>;
}

/** The data sets that workers get a copy of where memory cannot be shared, in bytes. */
const MOST_COPIED = 64 * 2 ** 20;

/** The workers of one race's shards beside the coordinator. They start while the race goes on without them. */
export class ShardWorkers {
  readonly #options: ShardWorkersOptions;
  #dataset: Dataset | null = null;
  #workers: readonly ShardWorker[] = [];
  /** Workers that have started since the last `adjust`. */
  #started: ShardWorker[] = [];
  /** Workers without lanes that still have calls to answer. */
  readonly #leaving = new Set<ShardWorker>();
  #starting = 0;
  #ended = false;
  /** Workers that the cores were divided among last; 0 where it is not known, as at first, when an earlier race may have divided them. */
  #distributed = 0;

  constructor(options: ShardWorkersOptions) {
    this.#options = options;
  }

  /** The shards that lanes may be moved to. */
  get open(): readonly ShardApi[] {
    return this.#workers.map(({ shard }) => shard);
  }

  /** The shards for which there is no work with this number of lanes. */
  superfluous(lanes: number): ReadonlySet<ShardApi> {
    return new Set(this.open.slice(Math.max(0, this.#wanted(lanes) - 1)));
  }

  /**
   * Takes in the workers that have started, ends those that are superfluous, which must have no lanes, once they have
   * answered all calls, and starts others. Divides the cores among the rest.
   */
  async adjust(lanes: number, experiment: Experiment, own: ShardApi): Promise<void> {
    const wanted = this.#wanted(lanes);
    const all = [...this.#workers, ...this.#started.splice(0)];
    for (const superfluous of all.slice(wanted - 1)) void this.#endIdle(superfluous);
    this.#workers = all.slice(0, wanted - 1);
    for (let missing = wanted - 1 - this.#workers.length - this.#starting; missing > 0; missing--) {
      void this.#start(experiment, wanted);
    }
    const workers = 1 + this.#workers.length;
    const threads = this.#threads(workers);
    if (workers === this.#distributed) return;
    this.#distributed = workers;
    await Promise.all([own, ...this.open].map((shard) => shard.setThreads({ threads })));
    this.#options.onDistribution({ type: 'distributed', workers, threads });
  }

  /** Has the next `adjust` divide the cores whether or not the workers are as many as before. */
  divideAgain(): void {
    this.#distributed = 0;
  }

  /** The result of `work`, during which the coordinator's own shard has all threads. */
  async withAllThreads<T>(own: ShardApi, work: () => Promise<T>): Promise<T> {
    await own.setThreads({ threads: this.#threads(1) });
    try {
      return await work();
    } finally {
      await own.setThreads({ threads: this.#threads(Math.max(1, this.#distributed)) });
    }
  }

  /** Ends all workers. */
  end(): void {
    this.#ended = true;
    for (const { worker } of [...this.#workers, ...this.#started, ...this.#leaving])
      worker.end(new Error('shard: its race is closed'));
    this.#workers = [];
    this.#started = [];
  }

  async #endIdle(one: ShardWorker): Promise<void> {
    this.#leaving.add(one);
    await one.shard.idle();
    this.#leaving.delete(one);
    one.worker.end(new Error('shard: it has no lanes'));
  }

  #wanted(lanes: number): number {
    return this.#ended ? 1 : Math.max(1, Math.min(lanes, this.#options.cores));
  }

  #threads(workers: number): number {
    return Math.max(1, Math.floor(this.#options.cores / workers));
  }

  /** A worker that cannot be started is done without, and not tried again: `starting` stays as it is. */
  async #start(experiment: Experiment, workers: number): Promise<void> {
    this.#starting += 1;
    let isOpen = false;
    let worker: Supervised<ShardApi> | null = null;
    try {
      // Memory that is shared is new memory, which may be refused.
      this.#dataset ??= shareable(this.#options.dataset);
      if (this.#dataset === null) return;
      const started = this.#options.start((reason) => {
        const isLeaving = [...this.#leaving].some((one) => one.worker === started);
        if (isOpen && !isLeaving && !this.#ended) this.#options.onLost(reason);
      });
      worker = started;
      const shard = new RemoteShard(worker);
      await shard.open({ experiment, dataset: this.#dataset, threads: this.#threads(workers) });
      if (this.#ended) throw new Error('shard: its race is closed');
      isOpen = true;
      this.#started.push({ shard, worker });
      this.#starting -= 1;
    } catch (error) {
      worker?.end(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** The data set in memory that all workers share, where there is such memory; null where it is too large to be copied. */
function shareable({ spec, size, classes, train, test }: Dataset): Dataset | null {
  if (globalThis.crossOriginIsolated === true) {
    return { spec, size, classes, train: shared(train), test: shared(test) };
  }
  const isLarge = train.images.byteLength + test.images.byteLength > MOST_COPIED;
  return isLarge ? null : { spec, size, classes, train, test };
}

function shared({ images, labels }: Split): Split {
  const copy = new Uint8Array(new SharedArrayBuffer(images.byteLength));
  copy.set(images);
  return { images: copy, labels };
}
