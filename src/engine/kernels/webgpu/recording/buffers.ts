/**
 * Reuses buffers by size once their tensor is disposed of. Within one step this is liveness analysis: the backward pass
 * disposes of each value after its last read, and the next value of that size gets its buffer.
 */
export class BufferPool {
  readonly #device: GPUDevice;
  readonly #isAlive: (id: object) => boolean;
  readonly #free = new Map<number, GPUBuffer[]>();
  #used: { readonly id: object; readonly buffer: GPUBuffer }[] = [];
  #bytes = 0;

  constructor(device: GPUDevice, isAlive: (id: object) => boolean) {
    this.#device = device;
    this.#isAlive = isAlive;
  }

  /** Bytes of all its buffers. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A buffer of `size` bytes for the tensor data `id`, uninitialised. */
  take(id: object, size: number): GPUBuffer {
    this.#reclaim();
    const buffer = this.#free.get(size)?.pop() ?? this.#create(size);
    this.#used.push({ id, buffer });
    return buffer;
  }

  /** Destroys the buffers that no tensor uses. */
  dispose(): void {
    this.#reclaim();
    for (const buffer of [...this.#free.values()].flat()) {
      this.#bytes -= buffer.size;
      buffer.destroy();
    }
    this.#free.clear();
  }

  #create(size: number): GPUBuffer {
    this.#bytes += size;
    return createBuffer(this.#device, size);
  }

  #reclaim(): void {
    const alive = this.#used.filter(({ id }) => this.#isAlive(id));
    for (const { id, buffer } of this.#used) {
      if (this.#isAlive(id)) continue;
      const same = this.#free.get(buffer.size);
      if (same === undefined) this.#free.set(buffer.size, [buffer]);
      else same.push(buffer);
    }
    this.#used = alive;
  }
}

/** A storage buffer of `size` bytes, which can be copied from and to. */
export function createBuffer(device: GPUDevice, size: number): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  return device.createBuffer({ size, usage });
}

/**
 * Small buffers by name, such as learning rates and gains: recorded steps read from them what changes between steps.
 */
export class NamedBuffers {
  readonly #device: GPUDevice;
  readonly #constants = new Map<string, GPUBuffer>();
  readonly #variables = new Map<string, { readonly buffer: GPUBuffer; values: readonly number[] }>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The constant buffer of this name; created on first use. */
  constant(name: string, values: () => Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
    const known = this.#constants.get(name);
    if (known !== undefined) return known;
    const made = values();
    const buffer = createBuffer(this.#device, made.byteLength);
    this.#device.queue.writeBuffer(buffer, 0, made);
    this.#constants.set(name, buffer);
    return buffer;
  }

  /**
   * The buffer of this name, set to `values`, always equally many. If they change, calls `beforeWrite` before the
   * write.
   */
  variable(name: string, values: readonly number[], beforeWrite: () => void): GPUBuffer {
    const known = this.#variables.get(name) ?? { buffer: createBuffer(this.#device, 4 * values.length), values: [] };
    if (values.some((value, index) => !Object.is(value, known.values[index]))) {
      beforeWrite();
      this.#device.queue.writeBuffer(known.buffer, 0, Float32Array.from(values));
      this.#variables.set(name, { buffer: known.buffer, values });
    }
    return known.buffer;
  }
}

/** A range of a buffer, in bytes. */
export interface Slice {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

/** Tensor data that share a buffer as slices. The buffer is freed with the last of them. */
export class Slices {
  readonly #slices = new WeakMap<object, Slice>();
  readonly #shares = new Map<GPUBuffer, number>();

  /** Total size of all shared buffers. */
  get bytes(): number {
    return [...this.#shares.keys()].reduce((sum, { size }) => sum + size, 0);
  }

  get(id: object): Slice | undefined {
    return this.#slices.get(id);
  }

  add(id: object, slice: Slice): void {
    this.#slices.set(id, slice);
    this.#shares.set(slice.buffer, (this.#shares.get(slice.buffer) ?? 0) + 1);
  }

  /** Forgets a slice. Returns its buffer if no other slice of it is left, else null. */
  drop(id: object): GPUBuffer | null {
    const slice = this.#slices.get(id);
    if (slice === undefined) return null;
    this.#slices.delete(id);
    const left = (this.#shares.get(slice.buffer) ?? 1) - 1;
    if (left > 0) this.#shares.set(slice.buffer, left);
    else this.#shares.delete(slice.buffer);
    return left > 0 ? null : slice.buffer;
  }
}
