import {
  add,
  div,
  maximum,
  mul,
  norm,
  type Rank,
  reshape,
  type Scalar,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { callKernel, hasKernel, inputName } from '../../kernels/registry.ts';
import { packIfSupported } from './pack.ts';

/** Name of the kernel in tfjs' registry. */
export const SGD_UPDATE = 'SgdUpdate';

/** Learning rate, momentum and weight decay of one step. */
export interface SgdRates {
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
  /** Whether each parameter's step is the same share of its norm, see `equalised`. */
  readonly equalSteps?: boolean | undefined;
}

/** A parameter in training. */
export interface Trained {
  readonly weight: Tensor;
  readonly velocity: Tensor;
  /** The weight's gradient, of its shape or as partial sums [parts, ...shape]. */
  readonly gradient: Tensor;
  /** The gain of the shortcut that the parameter belongs to: the parameter is not updated while that is 0. */
  readonly gain?: { readonly value: number; readonly tensor: Scalar } | undefined;
}

/** A parameter after a step. */
export type Updated = {
  readonly weight: Tensor;
  readonly velocity: Tensor;
};

/**
 * One step of SGD with momentum and weight decay on all parameters at once: v' = momentum * v + gradient + decay * w;
 * w' = w - rate * v'. Returns new tensors or, where the backend has a kernel for it, the old ones with new values.
 */
export function sgdUpdate(parameters: readonly Trained[], rates: SgdRates): readonly Updated[] {
  if (rates.equalSteps) {
    const equal = parameters.map((each) => ({ ...each, gradient: equalised(each, rates.decay) }));
    const updated = sgdUpdate(equal, { ...rates, decay: 0, equalSteps: false });
    for (const { gradient } of equal) gradient.dispose();
    return updated;
  }
  if (hasKernel(SGD_UPDATE)) return tidy(() => updateAll(parameters, rates));
  return parameters.map((parameter) => {
    const { weight, velocity, gradient, gain } = parameter;
    if (gain?.value === 0) return { weight: weight.clone(), velocity: velocity.clone() };
    return tidy(() => {
      const whole = wholeGradient(gradient, weight);
      const v = add(add(mul(velocity, rates.momentum), whole), mul(weight, rates.decay));
      return { velocity: v, weight: sub(weight, mul(v, rates.rate)) };
    });
  });
}

/** The norm of an equalised gradient, as a share of its weight's. */
const EQUAL_SHARE = 0.02;
/** The least root mean square that a weight counts with, since a share of 0 would let a shift or a bias stay there. */
const LEAST_SIZE = 0.05;

/**
 * gradient + decay * weight, scaled to a share of the weight's norm: LARS (You et al. 2017) with the decay before the
 * norm, and for all parameters.
 */
function equalised({ weight, gradient }: Trained, decay: number): Tensor {
  return tidy(() => {
    const whole = add(wholeGradient(gradient, weight), mul(weight, decay));
    const size = maximum(norm(weight), LEAST_SIZE * Math.sqrt(weight.size));
    return mul(whole, div(mul(size, EQUAL_SHARE), maximum(norm(whole), 1e-12)));
  });
}

/** Calls the kernel with the inputs weight0, velocity0, gradient0, gain0 where there is one, weight1, ... */
function updateAll(parameters: readonly Trained[], { rate, momentum, decay }: SgdRates): Updated[] {
  const weights = packIfSupported(parameters.map(({ weight }) => weight));
  const velocities = packIfSupported(parameters.map(({ velocity }) => velocity));
  const gradients = packIfSupported(parameters.map(({ gradient }) => gradient));
  const inputs: Record<string, Tensor> = {};
  parameters.forEach(({ gain }, nth) => {
    const [weight, velocity, gradient] = [weights[nth], velocities[nth], gradients[nth]];
    if (weight !== undefined) inputs[inputName('weight', nth)] = weight;
    if (velocity !== undefined) inputs[inputName('velocity', nth)] = velocity;
    if (gradient !== undefined) inputs[inputName('gradient', nth)] = gradient;
    if (gain !== undefined) inputs[inputName('gain', nth)] = gain.tensor;
  });
  const outputs: Tensor[] = callKernel(SGD_UPDATE, inputs, { rate, momentum, decay });
  return parameters.map((_, nth) => {
    const { [2 * nth]: weight, [2 * nth + 1]: velocity } = outputs;
    if (weight === undefined || velocity === undefined) throw new Error(`sgd: no result for parameter ${nth}`);
    return { weight, velocity };
  });
}

/** Name of the kernel in tfjs' registry. */
export const MOVING_AVERAGES = 'MovingAverages';

/** keep * old + (1 - keep) * next. */
export function weightedMean<T extends Tensor>(old: T, next: T, keep: number): T {
  return add<T>(mul(old, keep), mul(next, 1 - keep));
}

/**
 * Exponential moving averages keep * old + (1 - keep) * next of each pair. Returns new tensors or, where the backend
 * has a kernel for it, the old ones with new values.
 */
export function movingAverages(olds: readonly Tensor[], nexts: readonly Tensor[], keep: number): readonly Tensor[] {
  return tidy(() => {
    if (!hasKernel(MOVING_AVERAGES)) {
      return olds.map((old, nth) => weightedMean(old, nexts[nth] ?? old, keep));
    }
    const [before, after] = [packIfSupported(olds), packIfSupported(nexts)];
    const inputs: Record<string, Tensor> = {};
    before.forEach((old, nth) => {
      inputs[inputName('old', nth)] = old;
      inputs[inputName('next', nth)] = after[nth] ?? old;
    });
    return callKernel<Tensor[]>(MOVING_AVERAGES, inputs, { keep });
  });
}

/** Sums a partial gradient [parts, ...shape] to the parameter's shape; returns a complete gradient unchanged. */
export function wholeGradient<R extends Rank>(gradient: Tensor, by: Tensor<R>): Tensor<R> {
  return gradient.rank > by.rank ? sum<Tensor<R>>(gradient, 0) : reshape<R>(gradient, by.shape);
}
