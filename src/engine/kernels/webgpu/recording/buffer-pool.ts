import { createBuffer } from './named-buffers.ts';

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
