import type { Tensor1D } from '@tensorflow/tfjs-core';
import { backward } from '../backward.ts';
import { forward } from '../forward.ts';
import type { DeviceBatch } from '../lane.ts';
import { crossEntropy } from '../operations/loss.ts';
import type { Program } from '../program.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import type { TensorMap } from '../tensor-map.ts';

/** A batch's gradients by all parameters, without weight decay, and [loss in nats, share of wrong answers]. */
export function differentiate(
  program: Program,
  weights: ReadableWeights,
  { images, labels }: DeviceBatch,
): { readonly gradients: TensorMap; readonly metrics: Tensor1D } {
  const trace = forward(program, weights, images, 'batch', true);
  const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), labels);
  const gradients = backward(program, weights, trace, dLogits);
  trace.statistics.dispose();
  return { gradients, metrics };
}
