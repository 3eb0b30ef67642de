import { mul } from '@tensorflow/tfjs-core';
import type { ScaleNode } from '../../core/net/node.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { reluGradient, scaledSum, scaledSumGradient } from './tensors/scaled-sum.ts';

/** relu?(scale * input + gain * shortcut), the scale one learned number. */
export interface ScaleInstruction extends Unary, End {
  readonly op: 'scale';
  readonly scale: string;
}

/** The record of the operation `scale`. */
export const scaleOperation: Operation<ScaleNode, ScaleInstruction> = {
  lower: ({ node: { name, input }, output, sum, relu, slope }) => ({
    ...{ op: 'scale', output, input, scale: `${name}.scale`, sum, relu, slope },
  }),
  parameters: ({ scale }) => [scale],
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => true,

  forward({ input, scale, sum, relu, slope }, { weights, values }) {
    const factor = weights.parameters.get(scale, 1);
    return scaledSum(values.get(input, 4), { factor, sum: addendOf(sum, weights, values), relu, slope });
  },

  backward({ input, output, scale, sum, relu, slope }, { weights, values, gradients, byParameter }) {
    const { dx, dShortcut, dFactor } = scaledSumGradient(gradients.get(output, 4), {
      y: relu ? values.get(output, 4) : null,
      slope,
      factor: weights.parameters.get(scale, 1),
      gain: sum === null ? null : weights.gain(sum.block),
      x: values.get(input, 4),
      place: weights.gradientBuffers?.find(scale),
    });
    if (dFactor !== undefined) byParameter.set(scale, dFactor);
    gradients.accumulate(input, dx);
    if (sum !== null && dShortcut !== undefined) gradients.accumulate(sum.shortcut, dShortcut);
  },

  inputGradient({ input, output, scale, sum, relu, slope }, dy, { weights, values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(sum, dz, () => give(input, mul(dz, weights.parameters.get(scale, 1))));
  },
};
