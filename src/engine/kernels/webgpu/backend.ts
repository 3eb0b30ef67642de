import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { BackendValues, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../../spec/node.ts';
import { BufferPool } from './buffer-pool.ts';
import { createBuffer, NamedBuffers } from './named-buffers.ts';
import { Pipelines, type ShaderCode } from './pipelines.ts';
import { type Command, Recording } from './recording.ts';
import { type Slice, Slices } from './slices.ts';
import { DISPATCHES_PER_SUBMIT, type Tuning } from './tuning.ts';

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>;

/**
 * tfjs' webgpu backend with what it lacks for training: shaders with several outputs, tensors that lie side by side in
 * one buffer, pipelines that are compiled in the background, and steps that are recorded and replayed. Our commands go
 * through an encoder of our own; before either encoder is used, the other's commands are submitted, to keep the order.
 */
export class TrainingBackend extends WebGPUBackend {
  /** May be changed between computations, as checks do. */
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
  /** What stands for every buffer of a step while it is only rehearsed. */
  #scratch: GPUBuffer | null = null;
  /** Hears of what would be dispatched, while a step is only rehearsed. */
  #rehearsal: ((shader: ShaderCode) => void) | null = null;
  /** What was dispatched since the recording began; null where none is made, or where it cannot be replayed. */
  #log: Command[] | null = null;

  constructor(device: GPUDevice, info: GPUAdapterInfo, tuning: Tuning) {
    super(device, info);
    this.tuning = tuning;
  }

  /** A tensor for a shader to write. */
  make(shape: readonly number[], dtype: DataType = 'float32'): TensorInfo {
    const tensor = this.makeTensorInfo([...shape], dtype);
    if (!this.#inStep) return tensor;
    const data = this.tensorMap.get(tensor.dataId);
    data.resource = this.#rehearsal === null ? this.#stepPool.take(tensor.dataId, 4 * sizeOf(shape)) : this.#stub();
    data.external = true;
    return tensor;
  }

  /** The same tensor once more, as a kernel's output. */
  again(tensor: TensorInfo): TensorInfo {
    this.incRef(tensor.dataId);
    return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
  }

  /** A tensor that is a part of a buffer, which goes with the last of its slices. Its values are always read from there. */
  makeSlice(shape: readonly number[], dtype: DataType, slice: Slice): TensorInfo {
    const tensor = this.makeTensorInfo([...shape], dtype);
    const data = this.tensorMap.get(tensor.dataId);
    data.resource = slice.buffer;
    data.external = true;
    this.#slices.add(tensor.dataId, slice);
    return tensor;
  }

  /** The slice that a tensor was made as, if it was. */
  sliceOf(tensor: TensorInfo): Slice | undefined {
    return this.#slices.get(tensor.dataId);
  }

  /** Where a tensor's values are, on the device. */
  locate(tensor: TensorInfo): Slice {
    const slice = this.#slices.get(tensor.dataId);
    if (slice !== undefined) return slice;
    this.uploadToGPU(tensor.dataId);
    const { resource } = this.tensorMap.get(tensor.dataId);
    if (!(resource instanceof GPUBuffer)) throw new Error('tensor: it is not in a buffer');
    return { buffer: resource, offset: 0, size: resource.size };
  }

  /** A buffer of numbers that never change, made where there is none of this name. */
  constant(...named: Parameters<NamedBuffers['constant']>): GPUBuffer {
    return this.#buffers.constant(...named);
  }

  /** The buffer of this name, with these values for what is dispatched or replayed from now on. */
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
    if (this.#rehearsal !== null) {
      this.#rehearsal(shader);
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

  /** Does again what was recorded, in one pass. */
  replay(recording: Recording): void {
    this.#pass ??= this.#open().beginComputePass();
    recording.encode(this.#pass);
    this.#encoded += recording.commands.length;
  }

  /** Copies values from one place to another of the same size. */
  copy(from: Slice, to: Slice): void {
    // There is nothing in it.
    if (from.buffer === this.#scratch) return;
    this.#log = null;
    this.#pass?.end();
    this.#pass = null;
    this.#open().copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, to.size);
  }

  /** A copy of a place as a tensor of tfjs' own. */
  copyOut(shape: readonly number[], dtype: DataType, from: Slice): TensorInfo {
    const copy = this.makeTensorInfo([...shape], dtype);
    this.copy(from, this.locate(copy));
    return copy;
  }

  /** Writes values over a slice's. */
  overwrite(slice: Slice, values: Float32Array<ArrayBuffer>): void {
    this.flush();
    this.queue.writeBuffer(slice.buffer, slice.offset, values);
  }

  /** Hands our commands to the device. */
  flush(): void {
    if (this.#encoder === null) return;
    this.#pass?.end();
    this.queue.submit([this.#encoder.finish()]);
    this.#pass = null;
    this.#encoder = null;
    this.#encoded = 0;
  }

  /** Runs with buffers for what is made that belong to recorded steps alone: tfjs' pool never gets at them. */
  inStep<T>(run: () => T): T {
    this.#inStep = true;
    try {
      return run();
    } finally {
      this.#inStep = false;
    }
  }

  /** Runs a step and notes what it dispatches; null where it did something else too, which a replay would miss. */
  record<T>(run: () => T): { readonly result: T; readonly recording: Recording | null } {
    this.#log = [];
    try {
      const result = this.inStep(run);
      return { result, recording: this.#log === null ? null : new Recording(this.#log) };
    } finally {
      this.#log = null;
    }
  }

  /**
   * Runs a step without dispatching anything, so that what lasts gets its place. It takes no room for what does not
   * last, and what it computes is left undefined.
   */
  rehearse(run: () => void, hear: (shader: ShaderCode) => void = () => {}): void {
    this.#rehearsal = hear;
    try {
      this.inStep(run);
    } finally {
      this.#rehearsal = null;
      this.flush();
    }
  }

  /** Compiles what `run` would dispatch, without dispatching it. */
  async compile(run: () => void, onProgress: (fraction: number) => void): Promise<void> {
    this.rehearse(run, (shader) => this.#pipelines.prepare(shader));
    await this.#pipelines.settle(onProgress);
  }

  /** Keeps recorded steps' buffers from being freed while a recorder exists. */
  holdSteps(): void {
    this.#recorders += 1;
  }

  releaseSteps(): void {
    this.#recorders -= 1;
    if (this.#recorders > 0) return;
    this.flush();
    this.#stepPool.dispose();
  }

  /** Bytes of all the buffers that recorded steps share, and of those in which tensors lie side by side. */
  get trainingBytes(): number {
    return this.#stepPool.bytes + this.#slices.bytes;
  }

  override ensureCommandEncoderReady(): void {
    this.flush();
    super.ensureCommandEncoderReady();
  }

  /** tfjs' shaders know nothing of slices: they get copies. */
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
