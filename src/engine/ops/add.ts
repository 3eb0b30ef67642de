import { add, mul, relu as rectify, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Sum } from '../../core/net/fold.ts';
import type { AddNode } from '../../core/net/node.ts';
import { addendOf, asMap, type Operation, type Unary } from './operation.ts';
import { reluGradient } from './tensors/epilogue.ts';

/** relu?(input + gain * shortcut), where the input's layer does not add the shortcut in its own pass. */
export interface AddInstruction extends Unary {
  readonly op: 'add';
  readonly sum: Sum | null;
  readonly relu: boolean;
}

/** The record of the operation `add`. */
export const addOperation: Operation<AddNode, AddInstruction> = {
  lower: ({ node: { branch }, output, sum, relu }) => ({ op: 'add', output, input: branch, sum, relu }),
  rereadsOutput: ({ relu }) => relu,

  forward({ input, sum, relu }, { weights, values }) {
    const [branch, addend] = [values.get(input, 4), addendOf(sum, weights, values)];
    return tidy((): Tensor4D => {
      const total: Tensor4D = addend === null ? branch.clone() : add(branch, mul(addend.shortcut, addend.gain));
      return relu ? rectify(total) : total;
    });
  },

  backward({ input, output, sum, relu }, { weights, values, gradients }) {
    if (relu) gradients.unrectify(output, values);
    const dy = gradients.get(output, 4);
    const gain = sum === null ? null : weights.gain(sum.block);
    gradients.accumulate(input, dy.clone());
    if (sum !== null && gain !== null) gradients.accumulate(sum.shortcut, mul(dy, gain));
  },

  inputGradient({ input, output, sum, relu }, dy, { values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4)) : asMap(dy);
    share(sum, dz, () => give(input, dz));
  },
};
