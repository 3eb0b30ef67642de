import { reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import type { FlattenNode } from '../../core/net/node.ts';
import type { Operation, Unary } from './operation.ts';

/** The input [N, H, W, C] as rows [N, H * W * C]. */
export interface FlattenInstruction extends Unary {
  readonly op: 'flatten';
}

/** The record of the operation `flatten`. */
export const flattenOperation: Operation<FlattenNode, FlattenInstruction> = {
  lower: ({ node: { input }, output }) => ({ op: 'flatten', output, input }),
  isRecordable: () => true,
  forward({ input }, { values }) {
    const x = values.get(input, 4);
    const [batch, height, width, channels] = x.shape;
    const rows: Tensor2D = reshape(x, [batch, height * width * channels]);
    return rows;
  },
  backward({ input, output }, { values, gradients }) {
    gradients.accumulate(input, reshape(gradients.get(output, 2), values.get(input, 4).shape));
  },
  inputGradient({ input }, dy, { values, give }) {
    give(input, reshape(dy, values.get(input, 4).shape));
  },
};
