import type { Scalar } from '@tensorflow/tfjs-core';
import type { Places } from './places.ts';
import type { TensorMap } from './tensor-map.ts';

/** Tensors to be looked up by name and rank. */
export type TensorSource = Pick<TensorMap, 'get' | 'find'>;

/** What forward and backward read of a net's weights; `Weights`, or a copy of them, or either as if they were others. */
export interface ReadableWeights {
  /** What is trained, by the parameter's name. */
  readonly parameters: TensorSource;
  /** The statistics [2, channels] of evaluation, by the norm's name. */
  readonly running: TensorSource;
  /** The gain of a block counted from 1; null where it is 0 and nothing need be computed for it. */
  gain(block: number): Scalar | null;
  /** Where gradients and statistics are to be put, for those who train. */
  readonly gradientPlaces?: Pick<Places, 'find'>;
  readonly statisticsPlaces?: Pick<Places, 'find'>;
}
