import type { ReluNode } from '../../core/net/node.ts';
import { asMap, type Operation, type Unary } from './operation.ts';
import { rectify, reluGradient } from './tensors/scaled-sum.ts';

/** A ReLU that follows no layer that computes it in its own pass. */
export interface ReluInstruction extends Unary {
  readonly op: 'relu';
  /** Below zero; 0 if left out. */
  readonly slope?: number | undefined;
}

/** The record of the operation `relu`. */
export const reluOperation: Operation<ReluNode, ReluInstruction> = {
  lower: ({ node: { input, slope }, output }) => ({ op: 'relu', output, input, slope }),
  rereadsOutput: () => true,
  isRecordable: () => true,
  forward: ({ input, slope }, { values }) => rectify(values.get(input, 4), { relu: true, slope }),
  backward({ input, output, slope }, { values, gradients }) {
    gradients.accumulate(input, reluGradient(gradients.get(output, 4), values.get(output, 4), slope));
  },
  inputGradient({ input, output, slope }, dy, { values, give }) {
    give(input, reluGradient(asMap(dy), values.get(output, 4), slope));
  },
};
