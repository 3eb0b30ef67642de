import { backend, engine, getBackend, getKernel, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { packTensors } from '../../../ops/tensors/pack.ts';
import type { SgdRates } from '../../../ops/tensors/updates.ts';
import type { DeviceBatch } from '../../../training/device-batch.ts';
import { TensorMap } from '../../../weights/tensor-map.ts';
import { WEBGPU_KERNELS } from '../all.ts';
import { TrainingBackend } from '../backend.ts';
import type { Recording, StepCost } from '../pipelines.ts';
import { ratesBuffer } from '../updates.ts';
import type { Slice } from './buffers.ts';

/** A recorded step, and the tensors that it depends on. */
interface Recorded {
  readonly recording: Recording;
  /** Data ids of the tensors that it reads and writes in place; if they change, the recording is invalid. */
  readonly dataIds: readonly object[];
  /** Where it writes [loss in nats, share of wrong answers]. */
  readonly metrics: Slice;
}

/** Makes one step on a batch and returns [loss in nats, share of wrong answers]. */
type Train = (batch: DeviceBatch) => Tensor;

/** A recorder for one lane's steps; null if the current backend cannot record them. */
export function makeStepRecorder(): StepRecorder | null {
  const current = recordingBackend();
  return current === null ? null : new StepRecorder(current);
}

/**
 * The current backend if it has our own kernel for every operation of a step, so that steps are recorded; else null.
 */
export function recordingBackend(): TrainingBackend | null {
  if (getBackend() !== 'webgpu') return null;
  const current = backend();
  if (!(current instanceof TrainingBackend)) return null;
  const whole = WEBGPU_KERNELS.every(({ kernelName, kernelFunc }) => {
    return getKernel(kernelName, 'webgpu')?.kernelFunc === kernelFunc;
  });
  return whole ? current : null;
}

/**
 * Runs the training steps of a net. The first is run once without effect, which moves every value to its place, then
 * run and recorded; later steps replay the recording, which costs the CPU next to nothing. What changes from step to
 * step lies in buffers: the batch, the gains, the rates. Another batch size or other weight tensors need a new
 * recording.
 */
export class StepRecorder {
  readonly #backend: TrainingBackend;
  #batch: DeviceBatch | null = null;
  #recorded: Recorded | null = null;
  /** From the first recording on: those of another race, which this one takes the place of, may be freed until then. */
  #retains = false;

  constructor(current: TrainingBackend) {
    this.#backend = current;
  }

  /** What a recorded step costs; null while none is recorded. */
  get cost(): StepCost | null {
    return this.#recorded?.recording.cost ?? null;
  }

  /**
   * Makes one step. `tensors` returns all tensors that last between steps. Returns [loss in nats, share of wrong
   * answers].
   */
  step(batch: DeviceBatch, rates: SgdRates, tensors: () => readonly Tensor[], train: Train): Tensor {
    const own = this.#ownBatch(batch);
    const dataIds = () => tensors().map(({ dataId }) => dataId);
    const recorded = this.#recorded;
    if (recorded !== null && areSame(recorded.dataIds, dataIds())) {
      ratesBuffer(this.#backend, rates);
      this.#copyBatch(batch, own);
      this.#backend.replay(recorded.recording);
      return this.#take(recorded.metrics);
    }
    this.#recorded = null;
    if (!this.#retains) this.#backend.retainStepBuffers();
    this.#retains = true;
    this.#backend.dryRun(() => train(own).dispose());
    this.#copyBatch(batch, own);
    const before = dataIds();
    const { result, recording } = this.#backend.record(() => train(own));
    const metrics = this.#backend.locate(result);
    if (recording !== null && areSame(dataIds(), before)) this.#recorded = { recording, dataIds: before, metrics };
    const taken = this.#take(metrics);
    result.dispose();
    return taken;
  }

  /** Compiles the shaders of steps on such batches, and of `others`, in the background. Nothing is computed. */
  async prepare(
    batch: DeviceBatch,
    train: Train,
    others: () => void,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const own = this.#ownBatch(batch);
    const run = () => {
      train(own).dispose();
      others();
    };
    await this.#backend.compile(run, onProgress);
  }

  dispose(): void {
    this.#forgetBatch();
    this.#recorded = null;
    if (this.#retains) this.#backend.releaseStepBuffers();
    this.#retains = false;
  }

  /** A batch of this shape at a fixed place, from which recorded steps read. */
  #ownBatch(batch: DeviceBatch): DeviceBatch {
    const own = this.#batch;
    if (own !== null && areSame(own.images.shape, batch.images.shape)) return own;
    this.#forgetBatch();
    this.#recorded = null;
    const { images, labels } = batch;
    const packed = new TensorMap();
    packTensors([images, labels.indices]).forEach((tensor, nth) => {
      packed.set(nth === 0 ? 'images' : 'indices', tensor);
    });
    // Our kernels read the indices alone.
    const made = { images: packed.get('images', 4), labels: { ...labels, indices: packed.get('indices', 1) } };
    this.#batch = made;
    return made;
  }

  #forgetBatch(): void {
    this.#batch?.images.dispose();
    this.#batch?.labels.indices.dispose();
    this.#batch = null;
  }

  #copyBatch(from: DeviceBatch, to: DeviceBatch): void {
    const pairs = [
      [from.images, to.images],
      [from.labels.indices, to.labels.indices],
    ] as const;
    const places = pairs.map((pair) => pair.map((tensor) => this.#backend.locate(tensor)));
    for (const [source, target] of places) if (source && target) this.#backend.copy(source, target);
  }

  /** Submits the step and returns a copy of its metrics, which no later step overwrites. */
  #take(metrics: Slice): Tensor {
    const copy: TensorInfo = this.#backend.copyOut([2], 'float32', metrics);
    this.#backend.flush();
    return engine().makeTensorFromTensorInfo(copy);
  }
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
