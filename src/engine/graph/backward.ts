import type { Tensor2D } from '@tensorflow/tfjs-core';
import { ValueGradients } from '../ops/operation.ts';
import { operationOf } from '../ops/operations.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import type { StepWatch } from '../step-watch.ts';
import { TensorMap } from '../tensor-map.ts';
import { type Program, rereadsOutput } from './compile.ts';
import type { Trace } from './forward.ts';

/**
 * The gradients of the loss by all parameters, whole or in parts, given its gradient by the logits, which it takes over.
 * It uses up the trace's values on the way: each is disposed of as soon as nothing reads it any more. A parameter that
 * the loss does not depend on, a projection behind a cut shortcut, has none.
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
