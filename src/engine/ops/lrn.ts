import { add, div, mul, rsqrt, sqrt, square, sub, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { LrnNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { asMap, type Operation, type Unary } from './operation.ts';
import { conv } from './tensors/conv2d.ts';

/** Names of the kernels in tfjs' registry. */
export const RESPONSE_NORM = 'ResponseNorm';
export const RESPONSE_NORM_GRADIENT = 'ResponseNormGradient';

/** k of Krizhevsky et al. 2012, section 3.3; below alpha, beta, and the number of neighbours to either side. */
const BIAS = 2;
const ALPHA = 1e-4;
const BETA = 0.75;
const RADIUS = 2;
const ATTRIBUTES = { bias: BIAS, alpha: ALPHA, beta: BETA, radius: RADIUS };

/** The filter [1, 1, C, C] that sums each channel and its neighbours. */
function neighbours(channels: number): Tensor4D {
  const values = new Float32Array(channels * channels);
  for (let from = 0; from < channels; from++) {
    for (let to = Math.max(0, from - RADIUS); to <= Math.min(channels - 1, from + RADIUS); to++) {
      values[from * channels + to] = 1;
    }
  }
  return tensor4d(values, [1, 1, channels, channels]);
}

const sumOfNeighbours = (x: Tensor4D) => conv(x, neighbours(x.shape[3]), 1);

/** k + alpha * the sum of the squares of each channel and its neighbours. */
const denominator = (x: Tensor4D): Tensor4D => tidy(() => add(mul(sumOfNeighbours(square(x)), ALPHA), BIAS));

/** d ^ -beta, by roots, which are quicker than powers. */
function shrunk(d: Tensor4D): Tensor4D {
  return tidy(() => {
    const root: Tensor4D = rsqrt(d);
    return mul(root, sqrt(root));
  });
}

/** Local response normalisation: x / (k + alpha * sum of squares) ^ beta, of the same shape. */
export function responseNorm(x: Tensor4D): Tensor4D {
  if (hasKernel(RESPONSE_NORM)) return callKernel(RESPONSE_NORM, { x }, ATTRIBUTES);
  return tidy(() => mul(x, shrunk(denominator(x))));
}

/** The gradient of `responseNorm`: through x itself, and through the denominators of its neighbours. */
export function responseNormGradient(dy: Tensor4D, x: Tensor4D): Tensor4D {
  if (hasKernel(RESPONSE_NORM_GRADIENT)) return callKernel(RESPONSE_NORM_GRADIENT, { dy, x }, ATTRIBUTES);
  return tidy(() => {
    const d = denominator(x);
    const power = shrunk(d);
    const direct: Tensor4D = mul(dy, power);
    const around = tidy(() => sumOfNeighbours(mul(mul(dy, x), div(power, d))));
    return sub(direct, mul(mul(x, around), 2 * ALPHA * BETA));
  });
}

/** Local response normalisation of the input. */
export interface LrnInstruction extends Unary {
  readonly op: 'lrn';
}

/** The record of the operation `lrn`. */
export const lrnOperation: Operation<LrnNode, LrnInstruction> = {
  lower: ({ node: { input }, output }) => ({ op: 'lrn', output, input }),
  isRecordable: () => hasKernel(RESPONSE_NORM) && hasKernel(RESPONSE_NORM_GRADIENT),
  forward: ({ input }, { values }) => responseNorm(values.get(input, 4)),
  backward({ input, output }, { values, gradients }) {
    gradients.accumulate(input, responseNormGradient(gradients.get(output, 4), values.get(input, 4)));
  },
  inputGradient({ input }, dy, { values, give }) {
    give(input, responseNormGradient(asMap(dy), values.get(input, 4)));
  },
};
