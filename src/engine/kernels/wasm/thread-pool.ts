import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Simd } from '../../../core/experiment/device.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import { instantiateKernels, JOB_BYTES, type Kernels, loadKernels, runKernel } from './kernels.ts';

/** Bytes reserved for the job queue, see assembly/thread-pool.ts; its fields take less. */
const QUEUE_BYTES = 128;

/** Our kernels on a wasm backend's heap, and the thread pool that runs them. */
class ThreadPool {
  readonly kernels: Kernels;
  /** Address of a job's fields. */
  readonly job: number;
  readonly simd: Simd;
  /** Number of threads that were started at first. */
  readonly ofThreads: number;
  /** Number of those that made work faster; the others were ended. */
  readonly useful: number;
  readonly #start: WorkerThreadStart;
  #workers: readonly WorkerThread[];

  /** Takes over the threads that were started, and ends all but the first `useful` - 1. */
  constructor(
    kernels: Pick<ThreadPool, 'kernels' | 'job' | 'simd' | 'useful'>,
    start: WorkerThreadStart,
    workers: readonly WorkerThread[],
  ) {
    this.kernels = kernels.kernels;
    this.job = kernels.job;
    this.simd = kernels.simd;
    this.useful = kernels.useful;
    this.ofThreads = 1 + workers.length;
    this.#start = start;
    this.#workers = this.#firstOf(workers, kernels.useful - 1);
  }

  /** Number of threads that compute, including the caller's. */
  get threads(): number {
    return 1 + this.#workers.length;
  }

  /** Starts threads, or ends those that are too many; where the heap is not shared, the caller's stays the only one. */
  async resize(threads: number): Promise<void> {
    if (this.#start.memory.buffer instanceof ArrayBuffer) return;
    const missing = Math.max(0, threads - this.threads);
    const started = missing === 0 ? [] : await startWorkerThreads(missing, this.#start, this.#workers.length);
    this.#workers = this.#firstOf([...this.#workers, ...started], threads - 1);
  }

  /** The first `count` workers, which take part from now on; the others end. Between two jobs none of them is at work. */
  #firstOf(workers: readonly WorkerThread[], count: number): readonly WorkerThread[] {
    const first = workers.slice(0, count);
    this.kernels.setWorkerThreads(first.length);
    for (const ended of workers.slice(count)) ended.terminate();
    return first;
  }
}

const threadPools = new WeakMap<BackendWasm, ThreadPool>();

/** The thread pool of a backend. Throws if `createThreadPool` has not created one. */
export function threadPoolOf(backend: BackendWasm): ThreadPool {
  const pool = threadPools.get(backend);
  if (pool === undefined) throw new Error('kernel: the wasm backend has no thread pool');
  return pool;
}

/**
 * Loads our kernels onto the heap of tfjs' wasm backend, with at most `mostThreads` threads where the heap is shared:
 * those that were measured to help, or all where `measure` is false. Null where there is no SIMD.
 */
export async function createThreadPool(
  backend: BackendWasm,
  mostThreads: number,
  measure: boolean,
): Promise<ThreadPool | null> {
  const known = threadPools.get(backend);
  if (known !== undefined) return known;
  const memory = memoryOf(backend);
  const shared = !(memory.buffer instanceof ArrayBuffer);
  const loaded = await loadKernels(shared);
  if (loaded === null) return null;
  const { module, simd } = loaded;
  const kernels = await instantiateKernels(module, memory);
  const jobQueue = allocate(backend, QUEUE_BYTES + JOB_BYTES);
  // From the first call on, the property is the module's own function, which emscripten does not replace again.
  const { _malloc } = backend.wasm;
  backend.wasm._malloc = (bytes) => allocate({ wasm: { _malloc } }, bytes);
  new Uint8Array(memory.buffer, jobQueue, QUEUE_BYTES + JOB_BYTES).fill(0);
  kernels.attach(jobQueue);
  const start = { module, memory, jobQueue };
  const workers = await startWorkerThreads(shared ? mostThreads - 1 : 0, start);
  const job = jobQueue + QUEUE_BYTES;
  const useful = 1 + (measure ? chooseWorkers(backend, kernels, job, workers.length) : workers.length);
  const pool = new ThreadPool({ kernels, job, simd, useful }, start, workers);
  threadPools.set(backend, pool);
  return pool;
}

/**
 * Allocates memory on the heap; returns its address. Throws if the heap is full. Every allocation of the page passes here,
 * those of tfjs, too, which would go on with a tensor at address 0, over the module's own memory.
 */
export function allocate({ wasm }: { readonly wasm: Pick<BackendWasm['wasm'], '_malloc'> }, bytes: number): number {
  // A signed number, which is negative beyond 2 GiB.
  const at = wasm._malloc(bytes) >>> 0;
  if (at === 0) throw new SaidError(sentence('errors.memory.heap', { bytes }));
  return at;
}

/** The memory of tfjs' wasm module: its threaded build exposes it as a property, the others export it. */
function memoryOf({ wasm }: BackendWasm): WebAssembly.Memory {
  const exports: unknown = Reflect.get(wasm, 'asm');
  const exported: unknown = typeof exports === 'object' && exports !== null ? Reflect.get(exports, 'memory') : null;
  const memory: unknown = Reflect.get(wasm, 'wasmMemory') ?? exported;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('kernel: tfjs does not show its wasm memory');
  return memory;
}

/** A convolution as in a net's middle: 8 million multiply-adds, some tenths of a millisecond. */
const PROBE = { images: 32, pixels: 256, channels: 32, unit: 64 } as const;
const PROBE_REPEATS = 15;
const PROBES_PER_REPEAT = 3;

/**
 * Measures how many worker threads make work faster: half of the logical cores may be hyperthreads. One more must save
 * 5% of the time. The best time counts, because the cores are busy with the page that is just being opened.
 */
function chooseWorkers(backend: BackendWasm, kernels: Kernels, job: number, most: number): number {
  if (most === 0) return 0;
  const { images, pixels, channels, unit } = PROBE;
  const image = 4 * pixels * channels;
  const sizes = [images * image, images * image, 4 * channels * channels, 4 * pixels, 4 * channels];
  const room = allocate(
    backend,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  let next = room;
  const [x = 0, y = 0, filter = 0, table = 0, outside = 0] = sizes.map((size) => {
    const at = next;
    next += size;
    return at;
  });
  const { buffer } = backend.wasm.HEAPU8;
  new Uint8Array(buffer, room, next - room).fill(0);
  new Int32Array(buffer, table, pixels).set(Array.from({ length: pixels }, (_, pixel) => 4 * pixel * channels));
  const probe = () => {
    runKernel(kernels, buffer, job, 'runConv', {
      x,
      filter,
      y,
      bias: 0,
      addend: 0,
      gather: table,
      scatter: table,
      outside,
      xImage: image,
      yImage: image,
      images,
      slots: pixels,
      taps: 1,
      inChannels: channels,
      outChannels: channels,
      bandSlots: unit,
      bands: pixels / unit,
      groupBlocks: channels,
      groups: 1,
      gain: 0,
      relu: 0,
      slope: 0,
    });
  };
  const time = (workers: number): number => {
    kernels.setWorkerThreads(workers);
    const times = Array.from({ length: PROBE_REPEATS }, () => {
      const begun = performance.now();
      for (let nth = 0; nth < PROBES_PER_REPEAT; nth++) probe();
      return performance.now() - begun;
    });
    return Math.min(...times);
  };
  time(0);
  let [best, fastest] = [0, time(0)];
  for (let workers = 1; workers <= most; workers++) {
    const taken = time(workers);
    if (taken < 0.95 * fastest) [best, fastest] = [workers, taken];
  }
  backend.wasm._free(room);
  return best;
}

/** What a worker thread needs to attach itself to the pool. */
export interface WorkerThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly jobQueue: number;
}

/** Time limit in ms: a worker answers within milliseconds, on a busy machine within a second or two. */
const LONGEST_START = 10_000;

/** A worker that runs as a thread of the pool. */
export type WorkerThread = Pick<Worker, 'postMessage' | 'terminate'>;

/**
 * Starts `wanted` worker threads beside `running` others and terminates those that do not answer in time. Resolves with
 * those that work.
 */
export async function startWorkerThreads(
  wanted: number,
  start: WorkerThreadStart,
  running = 0,
): Promise<WorkerThread[]> {
  const started = await Promise.all(Array.from({ length: wanted }, () => startWorkerThread(start)));
  const workers = started.filter((worker) => worker !== null);
  // Counted from 0 without a gap: `setWorkerThreads(n)` lets the first n take part.
  for (const [index, worker] of workers.entries()) worker.postMessage(running + index);
  return workers;
}

/** Null where the worker cannot start or does not answer. */
function startWorkerThread(start: WorkerThreadStart): Promise<Worker | null> {
  const worker = new Worker(new URL('./worker-thread.ts', import.meta.url), { type: 'module', name: 'kernels' });
  return new Promise((resolve) => {
    const giveUp = () => {
      worker.terminate();
      resolve(null);
    };
    const limit = setTimeout(giveUp, LONGEST_START);
    const settle = (then: () => void) => () => {
      clearTimeout(limit);
      then();
    };
    worker.onmessage = settle(() => resolve(worker));
    worker.onerror = settle(giveUp);
    worker.postMessage(start);
  });
}
