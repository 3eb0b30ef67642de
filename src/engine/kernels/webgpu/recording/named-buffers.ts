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
