import type { Tensor } from '@tensorflow/tfjs-core';
import type { Instruction } from './ops/operations.ts';
import type { TensorMap } from './tensor-map.ts';

/** Sees a step from the inside, in the order in which it is done. What it is shown is not its own, and soon gone. */
export interface StepWatch {
  onForward(instruction: Instruction, value: Tensor): void;
  /** [loss in nats, share of wrong answers] of the batch. */
  onLoss(metrics: Tensor): void;
  /** The loss's gradient by what the instruction gave out, when it is whole. */
  onBackward(instruction: Instruction, gradient: Tensor): void;
  /** All gradients by parameters, which may come in parts, before anything is changed. */
  onGradients(instructions: readonly Instruction[], parameters: TensorMap, gradients: TensorMap): void;
  onUpdate(parameters: TensorMap): void;
}
