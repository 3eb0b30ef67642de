import { concat, split, type Tensor } from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from '../../kernels/registry.ts';

/** Names of the kernels in tfjs' registry. */
export const CONCAT_CHANNELS = 'ConcatChannels';
export const SPLIT_CHANNELS = 'SplitChannels';

/**
 * Tensors that are alike but for their channels, one after another along the channels, which are the last axis. Written
 * into `place` if that is given and has the shape.
 */
export function concatChannels<T extends Tensor>(parts: readonly T[], place?: Tensor): T {
  const [first] = parts;
  if (first === undefined) throw new Error('concat: no tensors');
  if (!hasKernel(CONCAT_CHANNELS)) return concat<T>([...parts], first.rank - 1);
  return callKernel(CONCAT_CHANNELS, { ...Object.fromEntries(parts.map((part, nth) => [`x${nth}`, part])), place });
}

/** The parts of a tensor along its channels, of these numbers of channels, as new tensors. */
export function splitChannels<T extends Tensor>(x: T, channels: readonly number[]): readonly T[] {
  if (!hasKernel(SPLIT_CHANNELS)) return split<T>(x, [...channels], x.rank - 1);
  return callKernel<T[]>(SPLIT_CHANNELS, { x }, { channels: [...channels] });
}
