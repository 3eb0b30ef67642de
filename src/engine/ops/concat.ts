import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { ConcatNode } from '../../core/net/node.ts';
import { hasKernel } from '../kernels/registry.ts';
import { asMap, type Operation, type Output } from './operation.ts';
import { CONCAT_CHANNELS, concatChannels, SPLIT_CHANNELS, splitChannels } from './tensors/channels.ts';

/** The inputs, one after another along the channels. */
export interface ConcatInstruction extends Output {
  readonly op: 'concat';
  readonly inputs: readonly string[];
  /** Channels of each input, in the order of `inputs`. */
  readonly channels: readonly number[];
}

/** Splits the output's gradient into the gradient of each input, in their order. */
function parts({ inputs, channels }: ConcatInstruction, dy: Tensor4D): readonly (readonly [string, Tensor4D])[] {
  const gradients = splitChannels(dy, channels);
  return inputs.flatMap((input, nth) => {
    const gradient = gradients[nth];
    return gradient === undefined ? [] : [[input, gradient] as const];
  });
}

/** The record of the operation `concat`. */
export const concatOperation: Operation<ConcatNode, ConcatInstruction> = {
  lower: ({ node: { inputs }, output }, channelsOf) => ({
    ...{ op: 'concat', output, inputs, channels: inputs.map(channelsOf) },
  }),
  isRecordable: () => hasKernel(CONCAT_CHANNELS) && hasKernel(SPLIT_CHANNELS),
  forward: ({ inputs }, { values }) => concatChannels(inputs.map((name) => values.get(name, 4))),
  backward(instruction, { gradients }) {
    const dy = gradients.get(instruction.output, 4);
    for (const [input, gradient] of parts(instruction, dy)) gradients.accumulate(input, gradient);
  },
  inputGradient(instruction, dy, { give }) {
    for (const [input, gradient] of parts(instruction, asMap(dy))) give(input, gradient);
  },
};
