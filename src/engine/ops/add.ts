import { add, mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Sum } from '../../core/net/fold.ts';
import type { AddNode } from '../../core/net/node.ts';
import { addendOf, asMap, type Operation, type Unary } from './operation.ts';
import { type Rectified, rectify, reluGradient } from './tensors/epilogue.ts';

/** relu?(input + gain * shortcut), where the input's layer does not add the shortcut in its own pass. */
export interface AddInstruction extends Unary, Rectified {
  readonly op: 'add';
  readonly sum: Sum | null;
}

/** The record of the operation `add`. */
export const addOperation: Operation<AddNode, AddInstruction> = {
  lower: ({ node: { branch }, output, sum, relu, slope }) => ({
    ...{ op: 'add', output, input: branch, sum, relu, slope },
  }),
  rereadsOutput: ({ relu }) => relu,

  forward({ input, sum, relu, slope }, { weights, values }) {
    const [branch, addend] = [values.get(input, 4), addendOf(sum, weights, values)];
    return tidy((): Tensor4D => {
      const total: Tensor4D = addend === null ? branch.clone() : add(branch, mul(addend.shortcut, addend.gain));
      return rectify(total, { relu, slope });
    });
  },

  backward({ input, output, sum, relu, slope }, { weights, values, gradients }) {
    if (relu) gradients.unrectify(output, values, slope);
    const dy = gradients.get(output, 4);
    const gain = sum === null ? null : weights.gain(sum.block);
    gradients.accumulate(input, dy.clone());
    if (sum !== null && gain !== null) gradients.accumulate(sum.shortcut, mul(dy, gain));
  },

  inputGradient({ input, output, sum, relu, slope }, dy, { values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(sum, dz, () => give(input, dz));
  },
};
