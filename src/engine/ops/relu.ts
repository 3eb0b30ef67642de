import { relu } from '@tensorflow/tfjs-core';
import type { ReluNode } from '../../core/net/node.ts';
import { asMap, type Operation, type Unary } from './operation.ts';
import { reluGradient } from './tensors/epilogue.ts';

/** A ReLU that follows no layer that computes it in its own pass. */
export interface ReluInstruction extends Unary {
  readonly op: 'relu';
}

/** The record of the operation `relu`. */
export const reluOperation: Operation<ReluNode, ReluInstruction> = {
  lower: ({ node: { input }, output }) => ({ op: 'relu', output, input }),
  rereadsOutput: () => true,
  forward: ({ input }, { values }) => relu(values.get(input, 4)),
  backward({ input, output }, { values, gradients }) {
    gradients.accumulate(input, reluGradient(gradients.get(output, 4), values.get(output, 4)));
  },
  inputGradient({ input, output }, dy, { values, give }) {
    give(input, reluGradient(asMap(dy), values.get(output, 4)));
  },
};
