import {
  addN,
  mul,
  reshape,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type InputGradientContext, ValueGradients } from '../ops/operation.ts';
import { operationOf } from '../ops/operations.ts';
import { crossEntropy } from '../ops/tensors/loss.ts';
import { wholeGradient } from '../ops/tensors/updates.ts';
import type { DeviceBatch } from '../training/device-batch.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import type { ReadableWeights } from '../weights/tensor-map.ts';
import { TensorMap } from '../weights/tensor-map.ts';
import { type Program, rereadsOutput } from './compile.ts';
import { forward, type StepObserver, type Trace } from './forward.ts';

/**
 * Backpropagation: the gradients of the loss with respect to all parameters, whole or partial [parts, ...shape]. Takes
 * ownership of `dLogits` [N, classes] and of the trace's values, and disposes of each after its last read. A parameter
 * that the loss does not depend on, such as a projection behind a cut shortcut, has no gradient.
 */
export function backward(
  program: Program,
  weights: ReadableWeights,
  { values, statistics, draws }: Trace,
  dLogits: Tensor2D,
  observer?: StepObserver,
): TensorMap {
  const byParameter = new TensorMap();
  const gradients = new ValueGradients();
  const context = { weights, values, statistics, draws, gradients, byParameter, images: program.input };
  gradients.set(program.output, dLogits);
  for (const instruction of program.instructions.toReversed()) {
    const { output } = instruction;
    if (!rereadsOutput(instruction)) values.delete(output);
    const gradient = gradients.find(output);
    if (gradient !== undefined) {
      observer?.onBackward(instruction, gradient);
      operationOf(instruction).backward(instruction, context);
    }
    gradients.delete(output);
    values.delete(output);
  }
  values.dispose();
  gradients.dispose();
  return byParameter;
}

/** Through which of its two paths a block passes a gradient on. */
export type Route = 'both' | 'branch' | 'shortcut';

/**
 * Propagates `dLogits` [N, classes] to the images, [N, size, size, 3], in a net whose norms have fixed statistics (the
 * running ones of `weights`), so that no image depends on another. `values` are all values of a forward pass with these
 * statistics; they are not disposed of.
 */
export function imageGradient(
  program: Program,
  weights: ReadableWeights,
  values: TensorMap,
  dLogits: Tensor2D,
  routeOf: (block: number) => Route = () => 'both',
): Tensor4D {
  return tidy(() => {
    const parts = new Map<string, Tensor[]>([[program.output, [dLogits]]]);
    const give = (name: string, gradient: Tensor) => parts.set(name, [...(parts.get(name) ?? []), gradient]);
    const share: InputGradientContext['share'] = (sum, dz, giveBranch) => {
      const route = sum === null ? 'both' : routeOf(sum.block);
      if (route !== 'shortcut') giveBranch();
      const gain = sum === null ? null : weights.gain(sum.block);
      if (sum !== null && gain !== null && route !== 'branch') give(sum.shortcut, mul(dz, gain));
    };
    const context = { weights, values, give, share };
    for (const instruction of program.instructions.toReversed()) {
      const [first, ...others] = parts.get(instruction.output) ?? [];
      if (first === undefined) continue;
      parts.delete(instruction.output);
      const dy = others.length === 0 ? first : addN([first, ...others]);
      operationOf(instruction).inputGradient(instruction, dy, context);
    }
    const { shape } = values.get(program.input, 4);
    return reshape(addN(parts.get(program.input) ?? []), shape);
  });
}

/**
 * Gradients of a batch's loss with respect to all parameters, without weight decay, and [loss in nats, share wrong].
 */
export function differentiate(
  program: Program,
  weights: ReadableWeights,
  { images, labels }: DeviceBatch,
): { readonly gradients: TensorMap; readonly metrics: Tensor1D } {
  return disposeOnError(() => {
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
  });
}
