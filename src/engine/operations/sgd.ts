import { add, engine, getBackend, getKernel, mul, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';

export const SGD_UPDATE = 'SgdUpdate';

export interface SgdRates {
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
}

/**
 * One step of SGD with momentum and weight decay: v' = momentum * v + gradient + decay * w; w' = w - rate * v'. Gives
 * new tensors and leaves the old ones alone: tfjs keeps packed copies of a weight by its identity, so one updated in
 * place would silently keep its old values.
 */
export function sgdUpdate(
  weight: Tensor,
  velocity: Tensor,
  gradient: Tensor,
  { rate, momentum, decay }: SgdRates,
): { readonly weight: Tensor; readonly velocity: Tensor } {
  if (getKernel(SGD_UPDATE, getBackend()) !== undefined) {
    const inputs = { weight, velocity, gradient };
    const [w, v] = engine().runKernel<[Tensor, Tensor]>(SGD_UPDATE, inputs, { rate, momentum, decay });
    return { weight: w, velocity: v };
  }
  return tidy(() => {
    const v = add(add(mul(velocity, momentum), gradient), mul(weight, decay));
    return { velocity: v, weight: sub(weight, mul(v, rate)) };
  });
}

/** keep * old + (1 - keep) * next: how running statistics follow the batches'. */
export function movingAverage<T extends Tensor>(old: T, next: T, keep: number): T {
  return tidy(() => add<T>(mul(old, keep), mul(next, 1 - keep)));
}
