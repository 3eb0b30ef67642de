import { add, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { callKernel, hasKernel } from './kernel.ts';
import { together } from './pack.ts';

export const MOVING_AVERAGES = 'MovingAverages';

/** keep * old + (1 - keep) * next. */
export function mix<T extends Tensor>(old: T, next: T, keep: number): T {
  return add<T>(mul(old, keep), mul(next, 1 - keep));
}

/**
 * Exponential moving averages keep * old + (1 - keep) * next of each pair. Returns new tensors or, where the backend
 * packs, the old ones with new values.
 */
export function movingAverages(olds: readonly Tensor[], nexts: readonly Tensor[], keep: number): readonly Tensor[] {
  return tidy(() => {
    if (!hasKernel(MOVING_AVERAGES)) {
      return olds.map((old, nth) => mix(old, nexts[nth] ?? old, keep));
    }
    const [before, after] = [together(olds), together(nexts)];
    const inputs = Object.fromEntries(
      before.flatMap((old, nth) => [[`old${nth}`, old] as const, [`next${nth}`, after[nth] ?? old] as const]),
    );
    return callKernel<Tensor[]>(MOVING_AVERAGES, inputs, { keep });
  });
}
