import { mul } from '@tensorflow/tfjs-core';
import type { DropNode } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import type { TensorSource } from '../weights/tensor-map.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { reluGradient, scaledSum, scaledSumGradient } from './tensors/scaled-sum.ts';

/** relu?(b * input + gain * shortcut): b is drawn from 0 and 1 for a training step, and its mean, 1 - rate, in evaluation. */
export interface DropInstruction extends Unary, End {
  readonly op: 'drop';
  readonly rate: number;
}

function factorOf({ output, rate }: DropInstruction, draws: TensorSource | null) {
  return draws === null ? 1 - rate : draws.get(output, 1);
}

/** The record of the operation `drop`. */
export const dropOperation: Operation<DropNode, DropInstruction> = {
  lower: ({ node: { input, rate }, output, sum, relu, slope }) => ({
    ...{ op: 'drop', output, input, rate, sum, relu, slope },
  }),
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,
  draw: ({ rate }, stream) => ({ shape: [1], values: [new Random(stream).uniform() < rate ? 0 : 1] }),

  forward(instruction, { weights, values, draws }) {
    const { input, sum, relu, slope } = instruction;
    const factor = factorOf(instruction, draws);
    return scaledSum(values.get(input, 4), { factor, sum: addendOf(sum, weights, values), relu, slope });
  },

  backward(instruction, { weights, values, draws, gradients }) {
    const { input, output, sum, relu, slope } = instruction;
    const { dx, dShortcut } = scaledSumGradient(gradients.get(output, 4), {
      y: relu ? values.get(output, 4) : null,
      slope,
      factor: factorOf(instruction, draws),
      gain: sum === null ? null : weights.gain(sum.block),
    });
    gradients.accumulate(input, dx);
    if (sum !== null && dShortcut !== undefined) gradients.accumulate(sum.shortcut, dShortcut);
  },

  // Statistics are fixed: as in evaluation, the branch counts its mean.
  inputGradient({ input, output, rate, sum, relu, slope }, dy, { values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(sum, dz, () => give(input, mul(dz, 1 - rate)));
  },
};
