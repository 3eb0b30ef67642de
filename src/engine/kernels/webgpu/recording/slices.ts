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
