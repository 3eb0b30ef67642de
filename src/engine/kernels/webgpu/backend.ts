import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { BackendValues, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../core/net/node.ts';
import { type Command, Pipelines, Recording, type ShaderCode } from './pipelines.ts';
import { BufferPool, createBuffer, NamedBuffers, type Slice, Slices } from './recording/buffers.ts';
import { DISPATCHES_PER_SUBMIT, type Tuning } from './tuning.ts';

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>;

/**
 * Extends tfjs' webgpu backend for training: shaders with several outputs, tensors packed into one buffer (slices),
 * pipelines that are compiled in the background, and steps that are recorded and replayed. Our commands go
 * through an encoder of our own; before either encoder is used, the other's commands are submitted, to keep the order.
 */
export class TrainingBackend extends WebGPUBackend {
  /** May be changed between computations, as tests do. */
  tuning: Tuning;
  readonly #pipelines = new Pipelines(this.device);
  readonly #stepPool = new BufferPool(this.device, (id) => this.tensorMap.has(id));
  readonly #slices = new Slices();
  readonly #buffers = new NamedBuffers(this.device);
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  #encoded = 0;
  #recorders = 0;
  #inStep = false;
  /** One buffer in place of every buffer of a step, during a dry run. */
  #scratch: GPUBuffer | null = null;
  /** Called with each shader in place of a dispatch, during a dry run; else null. */
  #onShader: ((shader: ShaderCode) => void) | null = null;
  /** Dispatches of the current recording; null if nothing is recorded, or if it cannot be replayed. */
  #log: Command[] | null = null;

  constructor(device: GPUDevice, info: GPUAdapterInfo, tuning: Tuning) {
    super(device, info);
    this.tuning = tuning;
  }

  /** Allocates a tensor as a shader's output. */
  make(shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
    const tensor = this.makeTensorInfo([...shape], dtype);
    if (!this.#inStep) return tensor;
    const data = this.tensorMap.get(tensor.dataId);
    data.resource = this.#onShader === null ? this.#stepPool.take(tensor.dataId, 4 * sizeOf(shape)) : this.#stub();
    data.external = true;
    return tensor;
  }

  /** Another reference to a tensor's data, as a kernel's output. */
  retain(tensor: TensorInfo): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  }

  /**
   * A tensor that is a slice of a buffer; the buffer is freed with its last slice. Its values are never cached on the
   * CPU.
   */
  makeSlice(shape: readonly number[], dtype: DataType, slice: Slice): TensorInfo {
    const tensor = this.makeTensorInfo([...shape], dtype);
    const data = this.tensorMap.get(tensor.dataId);
    data.resource = slice.buffer;
    data.external = true;
    this.#slices.add(tensor.dataId, slice);
    return tensor;
  }

  /** The slice of a tensor that `makeSlice` made; else undefined. */
  sliceOf(tensor: TensorInfo): Slice | undefined {
    return this.#slices.get(tensor.dataId);
  }

  /** Buffer and byte range of a tensor's values. */
  locate(tensor: TensorInfo): Slice {
    const slice = this.#slices.get(tensor.dataId);
    if (slice !== undefined) return slice;
    this.uploadToGPU(tensor.dataId);
    const { resource } = this.tensorMap.get(tensor.dataId);
    if (!(resource instanceof GPUBuffer)) throw new Error('tensor: it is not in a buffer');
    return { buffer: resource, offset: 0, size: resource.size };
  }

  /** The constant buffer of this name; created on first use. */
  constant(...named: Parameters<NamedBuffers['constant']>): GPUBuffer {
    return this.#buffers.constant(...named);
  }

  /** The buffer of this name, with these values for all later dispatches and replays. */
  variable(name: string, values: readonly number[]): GPUBuffer {
    return this.#buffers.variable(name, values, () => this.flush());
  }

  /** Runs a shader on tensors or buffers, in the order of its bindings. */
  dispatch(
    shader: ShaderCode,
    arrays: readonly (TensorInfo | GPUBuffer)[],
    grid: readonly [number, number, number],
  ): void {
    const slices = arrays.map((array) =>
      array instanceof GPUBuffer ? { buffer: array, offset: 0, size: array.size } : this.locate(array),
    );
    if (this.#onShader !== null) {
      this.#onShader(shader);
      return;
    }
    const { pipeline, layout } = this.#pipelines.get(shader);
    const entries = slices.map((resource, binding) => ({ binding, resource }));
    const bindGroup = this.device.createBindGroup({ layout, entries });
    const bytes = slices.reduce((sum, { size }) => sum + size, 0);
    const recording = new Recording([{ name: shader.name, pipeline, bindGroup, grid, bytes }]);
    this.#log?.push(...recording.commands);
    this.replay(recording);
    if (this.#encoded >= DISPATCHES_PER_SUBMIT) this.flush();
  }

  /** Replays a recording in one compute pass. */
  replay(recording: Recording): void {
    this.#pass ??= this.#open().beginComputePass();
    recording.encode(this.#pass);
    this.#encoded += recording.commands.length;
  }

  /** Copies values between two ranges of equal size. */
  copy(from: Slice, to: Slice): void {
    // The scratch buffer of a dry run holds no values.
    if (from.buffer === this.#scratch) return;
    this.#log = null;
    this.#pass?.end();
    this.#pass = null;
    this.#open().copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, to.size);
  }

  /** Copies a range to a new tensor of tfjs' own. */
  copyOut(shape: readonly number[], dtype: DataType, from: Slice): TensorInfo {
    const copy = this.makeTensorInfo([...shape], dtype);
    this.copy(from, this.locate(copy));
    return copy;
  }

  /** Overwrites a slice's values. */
  overwrite(slice: Slice, values: Float32Array<ArrayBuffer>): void {
    this.flush();
    this.queue.writeBuffer(slice.buffer, slice.offset, values);
  }

  /** Submits our encoded commands to the device. */
  flush(): void {
    if (this.#encoder === null) return;
    this.#pass?.end();
    this.queue.submit([this.#encoder.finish()]);
    this.#pass = null;
    this.#encoder = null;
    this.#encoded = 0;
  }

  /** Runs with the buffer pool of recorded steps, from which tfjs' own pool never takes a buffer. */
  withStepPool<T>(run: () => T): T {
    this.#inStep = true;
    try {
      return run();
    } finally {
      this.#inStep = false;
    }
  }

  /** Runs a step and records its dispatches; `recording` is null if it did anything else, which a replay would miss. */
  record<T>(run: () => T): { readonly result: T; readonly recording: Recording | null } {
    this.#log = [];
    try {
      const result = this.withStepPool(run);
      return { result, recording: this.#log === null ? null : new Recording(this.#log) };
    } finally {
      this.#log = null;
    }
  }

  /**
   * Dry run of a step, without dispatches, which gives lasting tensors their places. Allocates nothing for temporary
   * values; results are undefined.
   */
  dryRun(run: () => void, onShader: (shader: ShaderCode) => void = () => {}): void {
    this.#onShader = onShader;
    try {
      this.withStepPool(run);
    } finally {
      this.#onShader = null;
      this.flush();
    }
  }

  /** Compiles what `run` would dispatch, without dispatching it. */
  async compile(run: () => void, onProgress: (fraction: number) => void): Promise<void> {
    this.dryRun(run, (shader) => this.#pipelines.prepare(shader));
    await this.#pipelines.settle(onProgress);
  }

  /** Keeps recorded steps' buffers from being freed while a recorder has recorded one. */
  retainStepBuffers(): void {
    this.#recorders += 1;
  }

  releaseStepBuffers(): void {
    this.#recorders -= 1;
    if (this.#recorders > 0) return;
    this.flush();
    this.#stepPool.dispose();
  }

  /** Bytes of all buffers of recorded steps and of all packed tensors. */
  get trainingBytes(): number {
    return this.#stepPool.bytes + this.#slices.bytes;
  }

  override ensureCommandEncoderReady(): void {
    this.flush();
    super.ensureCommandEncoderReady();
  }

  /** tfjs' own shaders do not support slices, so they get copies. */
  override runWebGPUProgram(...[program, inputs, ...rest]: Program): TensorInfo {
    this.#log = null;
    const copies = inputs.map((input) => {
      const slice = this.#slices.get(input.dataId);
      return slice === undefined ? null : this.copyOut(input.shape, input.dtype, slice);
    });
    const whole = inputs.map((input, index) => copies[index] ?? input);
    const output = super.runWebGPUProgram(program, whole, ...rest);
    for (const copy of copies) if (copy !== null) this.disposeData(copy.dataId);
    return output;
  }

  override disposeData(dataId: object, force?: boolean): boolean {
    const disposed = super.disposeData(dataId, force);
    const unshared = this.tensorMap.has(dataId) ? null : this.#slices.drop(dataId);
    if (unshared !== null) {
      this.flush();
      unshared.destroy();
    }
    return disposed;
  }

  override async read(dataId: object): Promise<BackendValues> {
    const slice = this.#slices.get(dataId);
    if (slice === undefined) return super.read(dataId);
    const { shape, dtype } = this.tensorMap.get(dataId);
    const copy = this.copyOut(shape, dtype, slice);
    const values = await super.read(copy.dataId);
    this.disposeData(copy.dataId);
    return values;
  }

  #stub(): GPUBuffer {
    this.#scratch ??= createBuffer(this.device, 4);
    return this.#scratch;
  }

  #open(): GPUCommandEncoder {
    if (this.#encoder === null) {
      super.ensureCommandEncoderReady();
      this.endComputePassEncoder();
      this.submitQueue();
      this.#encoder = this.device.createCommandEncoder();
    }
    return this.#encoder;
  }
}
