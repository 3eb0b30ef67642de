import type { Tensor1D } from '@tensorflow/tfjs-core';
import { backward } from '../graph/backward.ts';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { crossEntropy } from '../ops/tensors/loss.ts';
import { wholeGradient } from '../ops/tensors/parts.ts';
import type { DeviceBatch } from '../training/device-batch.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { TensorMap } from '../weights/tensor-map.ts';

/**
 * Gradients of a batch's loss with respect to all parameters, without weight decay, and [loss in nats, share wrong].
 */
export function differentiate(
  program: Program,
  weights: ReadableWeights,
  { images, labels }: DeviceBatch,
): { readonly gradients: TensorMap; readonly metrics: Tensor1D } {
  const trace = forward(program, weights, images, 'batch', true);
  const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), labels);
  const parts = backward(program, weights, trace, dLogits);
  trace.statistics.dispose();
  const gradients = new TensorMap();
  for (const [name, gradient] of parts.entries()) {
    gradients.set(name, wholeGradient(gradient, weights.parameters.find(name) ?? gradient));
  }
  parts.dispose();
  return { gradients, metrics };
}
