import type { Tensor2D } from '@tensorflow/tfjs-core';
import { ValueGradients } from '../ops/operation.ts';
import { operationOf } from '../ops/operations.ts';
import type { StepWatch } from '../training/step-watch.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { TensorMap } from '../weights/tensor-map.ts';
import { type Program, rereadsOutput } from './compile.ts';
import type { Trace } from './forward.ts';

/**
 * Backpropagation: the gradients of the loss with respect to all parameters, whole or partial [parts, ...shape]. Takes
 * ownership of `dLogits` [N, classes] and of the trace's values, and disposes of each after its last read. A parameter
 * that the loss does not depend on, such as a projection behind a cut shortcut, has no gradient.
 */
export function backward(
  program: Program,
  weights: ReadableWeights,
  { values, statistics }: Trace,
  dLogits: Tensor2D,
  watch?: StepWatch,
): TensorMap {
  const byParameter = new TensorMap();
  const byValue = new TensorMap();
  const gradients = new ValueGradients(byValue);
  const context = { weights, values, statistics, gradients, byParameter, images: program.input };
  byValue.set(program.output, dLogits);
  for (const instruction of program.instructions.toReversed()) {
    const { output } = instruction;
    if (!rereadsOutput(instruction)) values.delete(output);
    const gradient = byValue.find(output);
    if (gradient !== undefined) {
      watch?.onBackward(instruction, gradient);
      operationOf(instruction).backward(instruction, context);
    }
    byValue.delete(output);
    values.delete(output);
  }
  values.dispose();
  byValue.dispose();
  return byParameter;
}
