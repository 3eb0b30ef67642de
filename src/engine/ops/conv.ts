import type { ConvNode, Padding } from '../../core/net/node.ts';
import { hasKernel } from '../kernels/registry.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { CONCAT_CHANNELS, SPLIT_CHANNELS } from './tensors/channels.ts';
import { convInputGradient, groupedFilterGradient, groupedInputGradient } from './tensors/conv2d.ts';
import { convWithMoments, finishedConv } from './tensors/epilogue.ts';
import { channelSums, reluGradient } from './tensors/scaled-sum.ts';

/** relu?(conv(input) + bias + gain * shortcut). */
export interface ConvInstruction extends Unary, End {
  readonly op: 'conv';
  readonly weight: string;
  readonly bias: string | null;
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
  /** [height, width, in, out] of the filter where it is packed, see tensors/epilogue.ts. */
  readonly packedShape: readonly [number, number, number, number] | null;
}

/** The record of the operation `conv`. */
export const convOperation: Operation<ConvNode, ConvInstruction> = {
  lower: ({ node: { name, input, stride, padding, groups, bias }, output, sum, relu, slope }) => ({
    ...{ op: 'conv', output, input, weight: `${name}.weight`, bias: bias ? `${name}.bias` : null },
    ...{ sum, relu, slope, stride, padding, groups, packedShape: null },
  }),
  parameters: ({ weight, bias }) => (bias === null ? [weight] : [weight, bias]),
  rereadsOutput: ({ relu }) => relu,
  isRecordable: ({ groups }) => groups === 1 || (hasKernel(CONCAT_CHANNELS) && hasKernel(SPLIT_CHANNELS)),

  forward(instruction, { weights, values, moments, which }) {
    const { input, output, stride, padding, groups, bias, sum, relu, slope, packedShape } = instruction;
    const [x, weight] = [values.get(input, 4), weights.parameters.get(instruction.weight, 4)];
    const addend = addendOf(sum, weights, values);
    const end = { bias: bias === null ? null : weights.parameters.get(bias, 1), sum: addend, relu, slope };
    // Behind a bias there is no norm, which would need moments.
    if (bias !== null || groups > 1 || which === 'running')
      return finishedConv(x, weight, instruction, end, packedShape === null ? null : [...packedShape]);
    const { y, moments: own } = convWithMoments(x, weight, stride, padding, end);
    if (own !== null) moments.set(output, own);
    return y;
  },

  backward(instruction, context) {
    const { weights, values, gradients, byParameter, images } = context;
    const { input, output, weight, bias, stride, padding, groups } = instruction;
    const [x, w] = [values.get(input, 4), weights.parameters.get(weight, 4)];
    gradients.throughEnd(instruction, context);
    const dy = gradients.get(output, 4);
    if (bias !== null) byParameter.set(bias, channelSums(dy, weights.gradientBuffers?.find(bias)));
    byParameter.set(weight, groupedFilterGradient(x, dy, w, instruction, weights.gradientBuffers?.find(weight)));
    if (input === images) return;
    if (groups > 1) gradients.accumulate(input, groupedInputGradient(dy, w, instruction, x.shape));
    else {
      const addend = gradients.addendOf(input);
      gradients.set(input, convInputGradient(dy, w, stride, x.shape, addend, padding));
    }
  },

  inputGradient(instruction, dy, { weights, values, give, share }) {
    const { input, output, sum, relu, slope } = instruction;
    const weight = weights.parameters.get(instruction.weight, 4);
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(sum, dz, () => give(input, groupedInputGradient(dz, weight, instruction, values.get(input, 4).shape)));
  },
};
