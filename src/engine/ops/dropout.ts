import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { DropoutNode } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import type { Dropping, Operation, Unary } from './operation.ts';

/** Inverted dropout mask for a node: 0 with probability `rate`, else 1 / (1 - rate). */
function dropoutMask(name: string, shape: readonly number[], rate: number, { seed, step }: Dropping): Tensor {
  const random = new Random(`${seed}/${name}/${step}`);
  const kept = 1 / (1 - rate);
  const size = shape.reduce((product, side) => product * side, 1);
  const values = Float32Array.from({ length: size }, () => (random.uniform() < rate ? 0 : kept));
  return tensor(values, [...shape]);
}

/** The input times a dropout mask in training; the input in evaluation. */
export interface DropoutInstruction extends Unary {
  readonly op: 'dropout';
  readonly rate: number;
}

/** The name under which the trace keeps a dropout's mask. */
const maskOf = (output: string) => `${output}.mask`;

/** The record of the operation `dropout`. */
export const dropoutOperation: Operation<DropoutNode, DropoutInstruction> = {
  lower: ({ node: { input, rate }, output }) => ({ op: 'dropout', output, input, rate }),
  forward({ input, output, rate }, { values, dropping }) {
    const x = values.get(input, 2);
    if (dropping === null) return x.clone();
    const mask = dropoutMask(output, x.shape, rate, dropping);
    values.set(maskOf(output), mask);
    return mul(x, mask);
  },
  backward({ input, output }, { values, gradients }) {
    const dy = gradients.get(output, 2);
    const mask = values.find(maskOf(output));
    gradients.accumulate(input, mask === undefined ? dy.clone() : mul(dy, mask));
  },
  // Statistics are fixed: as in evaluation, nothing is dropped.
  inputGradient: ({ input }, dy, { give }) => give(input, dy),
};
