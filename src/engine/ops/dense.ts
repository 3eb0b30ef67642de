import { add, matMul, sum, type Tensor, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { DenseNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { ofRank } from '../weights/tensor-map.ts';
import type { Operation, Unary } from './operation.ts';
import { type Rectified, rectify, reluGradient } from './tensors/scaled-sum.ts';

/** Names of the kernels in tfjs' registry. */
export const DENSE = 'Dense';
export const DENSE_GRADIENT = 'DenseGradient';

/** x [N, in] times weight [in, out], plus bias [out]. */
export function dense(x: Tensor2D, weight: Tensor2D, bias: Tensor1D): Tensor2D {
  if (hasKernel(DENSE)) return callKernel(DENSE, { x, weight, bias });
  return tidy(() => add(matMul(x, weight), bias));
}

/** Gradients of `dense`. */
export interface DenseGradients {
  readonly dx: Tensor2D;
  readonly dWeight: Tensor2D;
  readonly dBias: Tensor1D;
}

/** Optional tensors to write the parameter gradients into, of the same shapes. */
export interface DenseGradientBuffers {
  readonly weight?: Tensor | undefined;
  readonly bias?: Tensor | undefined;
}

/** Gradients of `dense` with respect to x, weight and bias. */
export function denseGradient(
  dy: Tensor2D,
  x: Tensor2D,
  weight: Tensor2D,
  buffers: DenseGradientBuffers = {},
): DenseGradients {
  if (hasKernel(DENSE_GRADIENT)) {
    const inputs = { dy, x, weight, weightPlace: buffers.weight, biasPlace: buffers.bias };
    const [dx, dWeight, dBias] = callKernel<[Tensor2D, Tensor2D, Tensor1D]>(DENSE_GRADIENT, inputs);
    return { dx, dWeight, dBias };
  }
  const dBias: Tensor1D = sum(dy, 0);
  return { dx: matMul(dy, weight, false, true), dWeight: matMul(x, dy, true, false), dBias };
}

/** relu?(input * weight + bias). */
export interface DenseInstruction extends Unary, Rectified {
  readonly op: 'dense';
  readonly weight: string;
  readonly bias: string;
}

/** The record of the operation `dense`. */
export const denseOperation: Operation<DenseNode, DenseInstruction> = {
  lower: ({ node: { name, input }, output, relu, slope }) => ({
    ...{ op: 'dense', output, input, weight: `${name}.weight`, bias: `${name}.bias`, relu, slope },
  }),
  parameters: ({ weight, bias }) => [weight, bias],
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,

  forward({ input, weight, bias, relu, slope }, { weights: { parameters }, values }) {
    const y = dense(values.get(input, 2), parameters.get(weight, 2), parameters.get(bias, 1));
    if (!relu) return y;
    const rectified = rectify(y, { relu, slope });
    y.dispose();
    return rectified;
  },

  backward({ input, output, weight, bias, relu, slope }, { weights, values, gradients, byParameter }) {
    gradients.throughEnd({ output, sum: null, relu, slope }, { weights, values });
    const [dy, x, w] = [gradients.get(output, 2), values.get(input, 2), weights.parameters.get(weight, 2)];
    const buffers = { weight: weights.gradientBuffers?.find(weight), bias: weights.gradientBuffers?.find(bias) };
    const { dx, dWeight, dBias } = denseGradient(dy, x, w, buffers);
    byParameter.set(weight, dWeight);
    byParameter.set(bias, dBias);
    gradients.accumulate(input, dx);
  },

  inputGradient({ input, output, weight, relu, slope }, dy, { weights, values, give }) {
    const dz = ofRank(relu ? reluGradient(dy, values.get(output, 2), slope) : dy, 2);
    give(input, matMul(dz, weights.parameters.get(weight, 2), false, true));
  },
};
