import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { ForwardContext, Statistics } from '../ops/operation.ts';
import { type Instruction, operationOf } from '../ops/operations.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import type { ReadableWeights, TensorSource } from '../weights/tensor-map.ts';
import { ofRank, TensorMap } from '../weights/tensor-map.ts';
import type { Program } from './compile.ts';

/**
 * The result of a forward pass: values by name, and each norm's batch statistics [2, channels]. The caller owns both. And
 * what was drawn for it.
 */
export interface Trace {
  readonly values: TensorMap;
  readonly statistics: TensorMap;
  readonly draws: TensorSource | null;
}

/** Options of `forward`: what was drawn for a training step, and an observer of every value. */
export interface ForwardOptions<Watch = StepObserver> {
  readonly draws?: TensorSource | null;
  readonly observer?: Watch | undefined;
}

/**
 * Runs a net on images [N, size, size, 3], which stay the caller's. With `keepValues` the trace holds every value that
 * the backward pass needs; without, only the logits [N, classes]. Nothing is dropped unless `draws` are given. Where it
 * throws, nothing is left on the device.
 */
export function forward(
  program: Program,
  weights: ReadableWeights,
  images: Tensor4D,
  which: Statistics,
  keepValues: boolean,
  { draws = null, observer }: ForwardOptions<Pick<StepObserver, 'onForward'>> = {},
): Trace {
  return disposeOnError(() => {
    const trace: Trace = { values: new TensorMap(), statistics: new TensorMap(), draws };
    const moments = new TensorMap();
    const context = { weights, ...trace, moments, which };
    trace.values.set(program.input, images.clone());
    program.instructions.forEach((instruction, index) => {
      const value = execute(instruction, context);
      observer?.onForward(instruction, value);
      trace.values.set(instruction.output, value);
      const dead = keepValues ? program.lastUses : program.lastReads;
      for (const name of dead[index] ?? []) trace.values.delete(name);
    });
    moments.dispose();
    return trace;
  });
}

/** Computes one instruction from the given values, with the running statistics: a new tensor [N, H, W, C]. */
export function evaluate(instruction: Instruction, weights: ReadableWeights, values: TensorMap): Tensor4D {
  const none = new TensorMap();
  const context = { weights, values, statistics: none, moments: none, which: 'running', draws: null } as const;
  return ofRank(execute(instruction, context), 4);
}

function execute(instruction: Instruction, context: ForwardContext): Tensor4D | Tensor2D {
  return operationOf(instruction).forward(instruction, context);
}

/** Observes one training step, in the engine's order. It must neither keep nor dispose of the tensors it is given. */
export interface StepObserver {
  /** `value` is the instruction's output. */
  onForward(instruction: Instruction, value: Tensor): void;
  /** `metrics` is [loss in nats, share of wrong answers] of the batch. */
  onLoss(metrics: Tensor): void;
  /** `gradient` is the complete gradient of the loss with respect to the instruction's output. */
  onBackward(instruction: Instruction, gradient: Tensor): void;
  /** All parameter gradients, whole or partial [parts, ...shape], before the update. */
  onGradients(instructions: readonly Instruction[], parameters: TensorMap, gradients: TensorMap): void;
  /** `parameters` after the update. */
  onUpdate(parameters: TensorMap): void;
}
