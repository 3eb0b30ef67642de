import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { type Inputs, numeric } from '../registry.ts';
import type { JOB_LAYOUTS } from './job-layouts.ts';
import { type Job, runKernel } from './kernels.ts';
import { allocate, threadPoolOf } from './thread-pool.ts';

/** What our own wasm kernels work with: tensors on the heap, their addresses, and the functions in assembly/. */
export interface Heap {
  /** What a kernel returns. Where it throws, the tensors that it made are freed, which tfjs does not yet know. */
  orFreed<T>(kernel: () => T): T;
  /** Runs a function of assembly/kernels.ts on all threads; returns when it is done. */
  run<Kernel extends keyof typeof JOB_LAYOUTS>(kernel: Kernel, job: Job<Kernel>): void;
  /** A new, uninitialised tensor. Throws where the heap is full. Allocation may move the heap: call `floats` afterwards. */
  make(shape: readonly number[]): TensorInfo;
  /** A view of a tensor's values. Valid until the next `make` or `scratch`. */
  floats(tensor: TensorInfo): Float32Array;
  /** Address of a tensor's values, in bytes; 0 for undefined. Valid as long as the tensor. */
  pointer(tensor: TensorInfo | undefined): number;
  /** Whether other tensors have the same values in memory, such as its clones. */
  isShared(tensor: TensorInfo): boolean;
  /** Addresses of scratch memory for `sizes[i]` floats each, uninitialised, valid until the kernel ends or asks again. */
  scratch(...sizes: readonly number[]): readonly number[];
  /** Address of these integers in scratch memory, where they take the place of what `scratch` gave. */
  table(values: readonly number[]): number;
  /** Addresses of cached tables. `key` must name all that they depend on; `make` computes them the first time. */
  cached(key: string, make: () => readonly Int32Array[]): readonly number[];
}

/** Memory of one backend for its kernels: scratch and cached tables. */
class Store {
  readonly #backend: BackendWasm;
  readonly #cached = new Map<string, readonly number[]>();
  #scratch = 0;
  #capacity = 0;

  constructor(backend: BackendWasm) {
    this.#backend = backend;
  }

  scratch(sizes: readonly number[]): readonly number[] {
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (total > this.#capacity) {
      const old = this.#scratch;
      // What was freed must not be used again where there is no room for more.
      [this.#scratch, this.#capacity] = [0, 0];
      if (old !== 0) this.#backend.wasm._free(old);
      this.#scratch = allocate(this.#backend, 4 * total);
      this.#capacity = total;
    }
    let next = this.#scratch;
    return sizes.map((size) => {
      const at = next;
      next += 4 * size;
      return at;
    });
  }

  table(values: readonly number[]): number {
    const [at = 0] = this.scratch([values.length]);
    new Int32Array(this.#backend.wasm.HEAPU8.buffer, at, values.length).set(values);
    return at;
  }

  cached(key: string, make: () => readonly Int32Array[]): readonly number[] {
    const known = this.#cached.get(key);
    if (known !== undefined) return known;
    const tables = make();
    // At once: where there is no room for all, none stays.
    let end = allocate(
      this.#backend,
      tables.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
    const pointers = tables.map((values) => {
      const at = end;
      new Int32Array(this.#backend.wasm.HEAPU8.buffer, at, values.length).set(values);
      end += values.byteLength;
      return at;
    });
    this.#cached.set(key, pointers);
    return pointers;
  }
}

const heaps = new WeakMap<BackendWasm, Heap>();

function heapOf(backend: unknown): Heap {
  if (!(backend instanceof BackendWasm)) throw new Error('kernel: the backend is not wasm');
  const heap = heaps.get(backend) ?? makeHeap(backend);
  heaps.set(backend, heap);
  return heap;
}

function makeHeap(backend: BackendWasm): Heap {
  const store = new Store(backend);
  const { kernels, job: at } = threadPoolOf(backend);
  const made: TensorInfo[] = [];
  return {
    orFreed: (kernel) => {
      made.length = 0;
      try {
        return kernel();
      } catch (error) {
        for (const { dataId } of made) backend.disposeData(dataId);
        throw error;
      }
    },
    run: (kernel, job) => runKernel(kernels, backend.wasm.HEAPU8.buffer, at, kernel, job),
    make: (shape) => {
      const output = backend.makeOutput([...shape], 'float32');
      made.push(output);
      return output;
    },
    floats: (tensor) => {
      const view = backend.typedArrayFromHeap(tensor);
      if (!(view instanceof Float32Array)) throw new Error(`kernel: dtype must be float32, not ${tensor.dtype}`);
      return view;
    },
    pointer: (tensor) => (tensor === undefined ? 0 : backend.getMemoryOffset(tensor.dataId)),
    isShared: ({ dataId }) => backend.refCount(dataId) > 1,
    scratch: (...sizes) => store.scratch(sizes),
    table: (values) => store.table(values),
    cached: (key, make) => store.cached(key, make),
  };
}

/** The value of a scalar tensor; 0 for undefined. */
export function scalarOf(heap: Heap, scalar: TensorInfo | undefined): number {
  return scalar === undefined ? 0 : (heap.floats(scalar)[0] ?? 0);
}

/** What a layer ends in: a ReLU, if `relu` is 1, and its slope below zero, which kernels apply wherever it is not 0. */
export function endOf(attrs: NamedAttrMap): { readonly relu: number; readonly slope: number } {
  return attrs.relu === true ? { relu: 1, slope: numeric(attrs, 'slope') } : { relu: 0, slope: 0 };
}

/** A kernel for the wasm backend, as tfjs' registry takes it. */
export function wasmKernel(
  kernelName: string,
  run: (heap: Heap, inputs: Inputs, attrs: NamedAttrMap) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const heap = heapOf(backend);
      return heap.orFreed(() => run(heap, inputs, attrs ?? {}));
    },
  };
}
