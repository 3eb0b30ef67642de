import type { Tensor } from '@tensorflow/tfjs-core';
import type { Instruction } from '../ops/operations.ts';
import type { TensorMap } from '../weights/tensor-map.ts';

/** Observes one training step, in the engine's order. It must neither keep nor dispose of the tensors it is given. */
export interface StepWatch {
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
