import type { Scalar } from '@tensorflow/tfjs-core';
import type { Places } from './places.ts';
import type { TensorMap } from './tensor-map.ts';

/** Lookup of tensors by name and rank. */
export type TensorSource = Pick<TensorMap, 'get' | 'find'>;

/**
 * What the forward and backward pass read of a net: `Weights`, a frozen copy, or a wrapper that replaces some values.
 */
export interface ReadableWeights {
  /** The trained tensors, by parameter name. */
  readonly parameters: TensorSource;
  /** Running mean and variance [2, channels], used in evaluation, by the norm's name. */
  readonly running: TensorSource;
  /** The gain of a block, counted from 1; null where it is 0 and the shortcut need not be computed. */
  gain(block: number): Scalar | null;
  /** In training: the buffers into which gradients and batch statistics are written. */
  readonly gradientPlaces?: Pick<Places, 'find'>;
  readonly statisticsPlaces?: Pick<Places, 'find'>;
}
