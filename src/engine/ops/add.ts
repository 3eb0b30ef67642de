import type { AddNode } from '../../core/net/node.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { reluGradient, scaledSum } from './tensors/scaled-sum.ts';

/** relu?(input + gain * shortcut), where the input's layer does not add the shortcut in its own pass. */
export interface AddInstruction extends Unary, End {
  readonly op: 'add';
}

/** The record of the operation `add`. */
export const addOperation: Operation<AddNode, AddInstruction> = {
  lower: ({ node: { branch }, output, sum, relu, slope }) => ({
    ...{ op: 'add', output, input: branch, sum, relu, slope },
  }),
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,

  forward({ input, sum, relu, slope }, { weights, values }) {
    return scaledSum(values.get(input, 4), { sum: addendOf(sum, weights, values), relu, slope });
  },

  backward(instruction, context) {
    const { gradients } = context;
    gradients.throughEnd(instruction, context);
    gradients.accumulate(instruction.input, gradients.get(instruction.output, 4).clone());
  },

  inputGradient({ input, output, sum, relu, slope }, dy, { values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(sum, dz, () => give(input, dz));
  },
};
