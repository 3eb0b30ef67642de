import type { Scalar, Tensor4D } from '@tensorflow/tfjs-core';
import type { PadInstruction } from './program.ts';
import type { TensorMap } from './tensor-map.ts';

/** Tensors to be looked up by name and rank. */
export type TensorSource = Pick<TensorMap, 'get'>;

/** What forward and backward read of a net's weights; `Weights`, or a copy of them, or either as if they were others. */
export interface ReadableWeights {
  /** What is trained, by the parameter's name. */
  readonly parameters: TensorSource;
  /** The statistics [2, channels] of evaluation, by the norm's name. */
  readonly running: TensorSource;
  /** The gain of a block counted from 1; null where it is 0. */
  gain(block: number): Scalar | null;
  /** The fixed filter of an option A shortcut. */
  padFilter(instruction: PadInstruction): Tensor4D;
}
