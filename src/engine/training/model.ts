import { mul, sum, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { backward } from '../graph/backward.ts';
import { compile, isRecordable, type Program } from '../graph/compile.ts';
import type { StepObserver } from '../graph/forward.ts';
import { type ForwardOptions, forward, type Trace } from '../graph/forward.ts';
import { Calibration, convolutionMoments } from '../insight/calibration.ts';
import type { StepCost } from '../kernels/webgpu/pipelines.ts';
import { makeStepRecorder, type StepRecorder } from '../kernels/webgpu/recording/step-recorder.ts';
import type { Statistics } from '../ops/operation.ts';
import type { Instruction } from '../ops/operations.ts';
import { crossEntropy } from '../ops/tensors/loss.ts';
import type { SgdRates } from '../ops/tensors/updates.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { Readback } from '../weights/readback.ts';
import type { ReadableWeights, TensorMap } from '../weights/tensor-map.ts';
import { Weights } from '../weights/weights.ts';
import type { DeviceBatch } from './device-batch.ts';
import { Draws } from './draws.ts';

/** Decay of the running statistics per step: 0.99 would lag too far behind in a race of a few hundred steps. */
const STATISTICS_MOMENTUM = 0.9;

interface Differentiated {
  readonly trace: Trace;
  readonly gradients: TensorMap;
  readonly metrics: Tensor1D;
}

/** One net in training: its program, weights and velocities, and its SGD steps on the device. */
export class Model {
  readonly #program: Program;
  readonly #weights: Weights;
  readonly #recorder: StepRecorder | null;
  readonly #draws: Draws;

  /** With `records` false, steps are never replayed from a recording: slower, with bit-identical results. */
  constructor(net: NetSpec, size: number, classes: number, seed: number, { records = true } = {}) {
    const graph = buildGraph(net, size, classes);
    this.#program = compile(graph);
    this.#recorder = records && isRecordable(this.#program) ? makeStepRecorder() : null;
    this.#draws = new Draws(this.#program, seed);
    this.#weights = new Weights(graph, this.#program, net.gains, seed);
  }

  get gains(): readonly number[] {
    return this.#weights.gains;
  }

  /** Changes the gain of one shortcut; `block` counts from 1. Weights and velocities stay unchanged. */
  setGain(block: number, gain: number): void {
    this.#weights.setGain(block, gain);
  }

  /**
   * Makes one step of SGD. Returns [loss in nats, share of wrong answers] of the batch before the update, a tensor [2]
   * on the device. A watched step is not replayed from a recording; its results are bit-identical.
   */
  step(batch: DeviceBatch, rates: SgdRates, observer?: StepObserver): Tensor {
    this.#draws.draw(batch.step ?? 0);
    // Equal steps are composed of operations that are not recorded.
    if (observer !== undefined || rates.equalSteps) return this.#train(batch, rates, observer);
    const train = (on: DeviceBatch) => this.#train(on, rates);
    const lasting = () => [...this.#weights.tensors, ...this.#draws.all];
    return this.#recorder?.step(batch, rates, lasting, train) ?? train(batch);
  }

  /** What a recorded step costs the device; null before it is recorded, or where steps are not recorded. */
  get cost(): StepCost | null {
    return this.#recorder?.cost ?? null;
  }

  /**
   * Has the device compile the kernels for steps on a batch of this shape and for evaluations of images of these
   * shapes, without changing the net.
   */
  async prepare(
    batch: DeviceBatch,
    evaluated: readonly Tensor4D[],
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const evaluate = () => {
      for (const images of evaluated) this.logits(images, 'running').dispose();
    };
    if (this.#recorder !== null) {
      this.#draws.draw(0);
      const train = (on: DeviceBatch) => this.#train(on, { rate: 0, momentum: 0, decay: 0 });
      await this.#recorder.prepare(batch, train, evaluate, onProgress);
      return;
    }
    const { trace, gradients, metrics } = this.#differentiate(batch);
    trace.statistics.dispose();
    gradients.dispose();
    await metrics.data();
    metrics.dispose();
  }

  #train(batch: DeviceBatch, rates: SgdRates, observer?: StepObserver): Tensor {
    const { trace, gradients, metrics } = this.#differentiate(batch, { draws: this.#draws.tensors, observer });
    observer?.onGradients(this.#program.instructions, this.#weights.parameters, gradients);
    this.#weights.update(gradients, rates);
    observer?.onUpdate(this.#weights.parameters);
    this.#weights.updateStatistics(trace.statistics, STATISTICS_MOMENTUM);
    trace.statistics.dispose();
    return metrics;
  }

  /**
   * The loss's gradients with respect to all parameters, whole or partial [parts, ...shape], the metrics [loss, share of
   * wrong answers] and the trace.
   */
  #differentiate({ images, labels }: DeviceBatch, options: ForwardOptions = {}): Differentiated {
    const { observer } = options;
    return disposeOnError(() => {
      const trace = forward(this.#program, this.#weights, images, 'batch', true, options);
      const { metrics, dLogits } = crossEntropy(trace.values.get(this.#program.output, 2), labels);
      observer?.onLoss(metrics);
      return { trace, gradients: backward(this.#program, this.#weights, trace, dLogits, observer), metrics };
    });
  }

  /** Logits [N, classes] of images [N, size, size, 3], with the running statistics, the images' own or calibrated ones. */
  logits(images: Tensor4D, statistics: Statistics | Calibration): Tensor2D {
    const [weights, used] =
      typeof statistics === 'string'
        ? ([this.#weights, statistics] as const)
        : ([statistics.in(this.#weights), 'running'] as const);
    const trace = forward(this.#program, weights, images, used, false);
    trace.statistics.dispose();
    return trace.values.get(this.#program.output, 2);
  }

  /** Name of the first layer whose output in a step on this batch is not finite; null if all are. */
  async firstNotFinite({ images, step = 0 }: DeviceBatch): Promise<string | null> {
    const readback = new Readback();
    const { layers } = this.#program;
    let first: string | null = null;
    const onForward = ({ output }: Instruction, value: Tensor) => {
      readback.add(brokenness(value), ([zero]) => {
        if (zero !== 0) first ??= layers.get(output) ?? output;
      });
    };
    this.#draws.draw(step);
    const options = { draws: this.#draws.tensors, observer: { onForward } };
    const trace = forward(this.#program, this.#weights, images, 'batch', false, options);
    trace.values.dispose();
    trace.statistics.dispose();
    await readback.flush();
    return first;
  }

  /** Norm statistics averaged over these batches, with the present weights. The caller disposes of them. */
  calibrate(batches: readonly Tensor4D[]): Calibration {
    const calibration = new Calibration();
    const { parameters, running } = this.#weights;
    // Without the packed buffers, which hold a recorded step's statistics.
    const weights: ReadableWeights = { parameters, running, gain: (block) => this.#weights.gain(block) };
    for (const images of batches) calibration.add(this.#program, weights, images);
    return calibration;
  }

  /**
   * Mean and variance [2, channels] of each convolution's output on these batches, averaged, with the running statistics.
   * The caller disposes of them.
   */
  convolutionMoments(batches: readonly Tensor4D[]): TensorMap {
    return convolutionMoments(this.#program, this.#weights, batches);
  }

  /** Replaces the running statistics by those of these batches, averaged, with the present weights. */
  recalibrate(batches: readonly Tensor4D[]): void {
    batches.forEach((images, index) => {
      const trace = forward(this.#program, this.#weights, images, 'batch', false);
      this.#weights.updateStatistics(trace.statistics, index / (index + 1));
      trace.values.dispose();
      trace.statistics.dispose();
    });
  }

  /** All tensors that training changes, except the gains, by name. The lane keeps ownership. */
  stateTensors(): readonly (readonly [string, Tensor])[] {
    return this.#weights.stateTensors();
  }

  /** Restores values of the tensors that `stateTensors` gives, by the same names. Throws if one is missing. */
  restore(values: ReadonlyMap<string, Float32Array>): void {
    this.#weights.restore(values);
  }

  dispose(): void {
    this.#recorder?.dispose();
    this.#weights.dispose();
    this.#draws.dispose();
  }
}

/** A scalar: 0 if all values are finite, else NaN. */
function brokenness(value: Tensor): Tensor {
  return tidy(() => sum(mul(value, 0)));
}
