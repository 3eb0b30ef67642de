import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { SumNode } from '../../core/net/node.ts';
import { asMap, type Operation, type Output } from './operation.ts';
import { type Rectified, reluGradient, scaledSum } from './tensors/scaled-sum.ts';

/** relu?(the sum of all inputs). */
export interface SumInstruction extends Output, Rectified {
  readonly op: 'sum';
  readonly inputs: readonly [string, string, ...string[]];
}

/** The record of the operation `sum`. */
export const sumOperation: Operation<SumNode, SumInstruction> = {
  lower: ({ node: { inputs }, output, relu, slope }) => ({ op: 'sum', output, inputs, relu, slope }),
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,

  forward({ inputs: [first, ...others], relu, slope }, { values }) {
    // The first value is not cloned, since wasm copies a clone.
    const sumOf = (total: Tensor4D, name: string, end: Rectified) =>
      scaledSum(total, { sum: { shortcut: values.get(name, 4), gain: null }, ...end });
    const last = others.length - 1;
    return others.reduce(
      (total, name, nth) => {
        const next = sumOf(total, name, nth === last ? { relu, slope } : { relu: false });
        if (nth > 0) total.dispose();
        return next;
      },
      values.get(first, 4),
    );
  },

  backward({ inputs, output, relu, slope }, { values, gradients }) {
    const dy = gradients.get(output, 4);
    const dz = relu ? reluGradient(dy, values.get(output, 4), slope) : dy.clone();
    const [first, ...others] = inputs;
    for (const input of others) gradients.accumulate(input, dz.clone());
    // The last one to get it keeps it.
    gradients.accumulate(first, dz);
  },

  inputGradient({ inputs, output, relu, slope }, dy, { values, give }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    for (const input of inputs) give(input, dz);
  },
};
