import { add, mul, type Rank, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { sizeOf } from '../../core/net/node.ts';
import type { Random } from '../../data/batches/random.ts';
import type { Check } from './check.ts';

interface Precision {
  readonly step: number;
  readonly tolerance: number;
}

/** A long step tells the derivative of a linear function exactly, but for float32's rounding. */
export const LINEAR: Precision = { step: 1, tolerance: 1e-5 };
/** Short steps divide the rounding. A GPU's exp and log are also less exact than a CPU's. */
export const CURVED: Precision = { step: 0.02, tolerance: 2e-4 };

interface Differentiable<In extends Rank, Out extends Rank> {
  value(at: Tensor<In>): Tensor<Out>;
  /** The gradient by the input, where it is, of sum(dy * value). */
  gradient(dy: Tensor<Out>): Tensor<In>;
  readonly precision: Precision;
}

/** How many random directions a gradient is tried in. */
const DIRECTIONS = 2;

/**
 * Compares derivatives in random directions. Their difference is told as a share of the gradient's norm, which is
 * what such a derivative measures on average.
 */
export async function checkGradient<In extends Rank, Out extends Rank>(
  what: string,
  random: Random,
  input: Tensor<In>,
  { value, gradient, precision: { step, tolerance } }: Differentiable<In, Out>,
): Promise<Check> {
  const y = tidy(() => value(input));
  const dy = normals<Out>(y.shape, random);
  y.dispose();
  const weights = await dy.data();
  const analytic = await read(() => gradient(dy));
  dy.dispose();
  let difference = analytic.length === input.size ? 0 : Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < DIRECTIONS; nth++) {
    const direction = normals<In>(input.shape, random);
    const objective = async (far: number) => dot(await read(() => value(add(input, mul(direction, far)))), weights);
    const slope = async (far: number) => ((await objective(far)) - (await objective(-far))) / (2 * far);
    // Richardson's extrapolation of two central differences: the error falls with the fourth power of the step.
    const numeric = (4 * (await slope(step)) - (await slope(2 * step))) / 3;
    const along = dot(analytic, await direction.data());
    direction.dispose();
    difference = Math.max(difference, Math.abs(numeric - along) / Math.sqrt(dot(analytic, analytic)));
  }
  return { what, difference, tolerance };
}

export function normals<R extends Rank>(shape: Tensor<R>['shape'], random: Random): Tensor<R> {
  const size = sizeOf(shape);
  const values = Array.from({ length: Math.ceil(size / 2) }, () => random.normals()).flat();
  return tensor<R>(values.slice(0, size), shape);
}

export async function read(compute: () => Tensor): Promise<ArrayLike<number>> {
  const result = tidy(compute);
  const values = await result.data();
  result.dispose();
  return values;
}

/** In double precision, so that the sum adds no rounding of its own. */
function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? Number.NaN) * (b[i] ?? Number.NaN);
  return sum;
}
