import {
  add,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { GroupNormNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import { ofRank } from '../weights/tensor-map.ts';
import {
  EPSILON,
  type NormGradientBuffers,
  type NormGradients,
  type NormOptions,
  type NormParameters,
} from './norm.ts';
import { addendOf, asMap, type End, type Operation, type Unary } from './operation.ts';
import { rectify, reluGradient } from './tensors/scaled-sum.ts';

/** Names of the kernels in tfjs' registry. */
export const GROUP_NORM = 'GroupNorm';
export const GROUP_NORM_BACKWARD = 'GroupNormBackward';

/** The mean over pixels and the channels of each group of x [N, H, W, C], at every number. */
function groupMean(x: Tensor4D, groups: number): Tensor4D {
  const [images, height, width, channels] = x.shape;
  const split = [images, height * width, groups, channels / groups];
  const means = mean(reshape(x, split), [1, 3], true);
  return reshape(add(mul(reshape(x, split), 0), means), [images, height, width, channels]);
}

/** x - mean, and 1 / sqrt(variance + epsilon), of each group. */
function centred(x: Tensor4D, groups: number): readonly [away: Tensor4D, inverse: Tensor4D] {
  const away: Tensor4D = sub(x, groupMean(x, groups));
  return [away, rsqrt(add(groupMean(square(away), groups), EPSILON))];
}

function attributesOf(groups: number, relu: boolean, slope = 0) {
  return { groups, relu, slope, epsilon: EPSILON };
}

/** relu?(scale * xHat + shift + gain * shortcut), xHat normalised over the pixels and channels of each image's groups. */
export function groupNorm(x: Tensor4D, groups: number, { scale, shift, sum: added, ...end }: NormOptions): Tensor4D {
  if (hasKernel(GROUP_NORM)) {
    const inputs = { x, scale, shift, shortcut: added?.shortcut, gain: added?.gain };
    return callKernel(GROUP_NORM, inputs, attributesOf(groups, end.relu, end.slope));
  }
  return tidy((): Tensor4D => {
    const [away, inverse] = centred(x, groups);
    const normed: Tensor4D = add(mul(mul(away, inverse), scale), shift);
    return rectify(added === null ? normed : add<Tensor4D>(normed, mul(added.shortcut, added.gain)), end);
  });
}

/** Gradients of `groupNorm`; `y` is its output, null where there was no ReLU. */
export function groupNormBackward(
  dy: Tensor4D,
  x: Tensor4D,
  y: Tensor4D | null,
  groups: number,
  { scale, gain, slope = 0 }: NormParameters,
  buffers: NormGradientBuffers = {},
): NormGradients {
  if (hasKernel(GROUP_NORM_BACKWARD)) {
    // Without a ReLU the kernel does not read y.
    const own = { dy, x, y: y ?? x, scale, gain: gain ?? undefined };
    const inputs = { ...own, scalePlace: buffers.scale, shiftPlace: buffers.shift };
    type Outputs = [Tensor4D, Tensor, Tensor, Tensor4D];
    const attrs = attributesOf(groups, y !== null, slope);
    const [dx, dScale, dShift, dShortcut] = callKernel<Outputs>(GROUP_NORM_BACKWARD, inputs, attrs);
    return gain === null ? { dx, dScale, dShift } : { dx, dScale, dShift, dShortcut };
  }
  return tidy(() => {
    const dz = y === null ? dy : reluGradient(dy, y, slope);
    const [away, inverse] = centred(x, groups);
    const xHat: Tensor4D = mul(away, inverse);
    const [dScale, dShift] = [sum(mul(dz, xHat), [0, 1, 2]), sum(dz, [0, 1, 2])];
    const dx = throughNorm(mul(dz, scale), xHat, inverse, groups);
    return gain === null ? { dx, dScale, dShift } : { dx, dScale, dShift, dShortcut: mul<Tensor4D>(dz, gain) };
  });
}

/** The gradient by x, given that by xHat. */
function throughNorm(dHat: Tensor4D, xHat: Tensor4D, inverse: Tensor4D, groups: number): Tensor4D {
  const along = mul(xHat, groupMean(mul(dHat, xHat), groups));
  return mul(inverse, sub(sub(dHat, groupMean(dHat, groups)), along));
}

/** relu?(group norm(input) + gain * shortcut), the sum only at the end of a block. */
export interface GroupNormInstruction extends Unary, End {
  readonly op: 'groupnorm';
  readonly scale: string;
  readonly shift: string;
  readonly groups: number;
}

/** The record of the operation `groupnorm`. Its statistics are an image's own, in training and in evaluation. */
export const groupNormOperation: Operation<GroupNormNode, GroupNormInstruction> = {
  lower: ({ node: { name, input, groups }, output, sum: added, relu, slope }) => ({
    ...{ op: 'groupnorm', output, input, scale: `${name}.scale`, shift: `${name}.shift`, groups },
    ...{ sum: added, relu, slope },
  }),
  parameters: ({ scale, shift }) => [scale, shift],
  rereadsOutput: ({ relu }) => relu,
  isRecordable: () => hasKernel(GROUP_NORM) && hasKernel(GROUP_NORM_BACKWARD),

  forward({ input, scale, shift, groups, sum: added, relu, slope }, { weights, values }) {
    const { parameters } = weights;
    return groupNorm(values.get(input, 4), groups, {
      ...{ scale: parameters.get(scale, 1), shift: parameters.get(shift, 1), relu, slope },
      sum: addendOf(added, weights, values),
    });
  },

  backward({ input, output, scale, shift, groups, sum: added, relu, slope }, context) {
    const { weights, values, gradients, byParameter } = context;
    const gain = added === null ? null : weights.gain(added.block);
    const { dx, dScale, dShift, dShortcut } = groupNormBackward(
      gradients.get(output, 4),
      values.get(input, 4),
      relu ? values.get(output, 4) : null,
      groups,
      { scale: weights.parameters.get(scale, 1), gain, slope },
      { scale: weights.gradientBuffers?.find(scale), shift: weights.gradientBuffers?.find(shift) },
    );
    byParameter.set(scale, dScale);
    byParameter.set(shift, dShift);
    gradients.accumulate(input, dx);
    if (added !== null && dShortcut !== undefined) gradients.accumulate(added.shortcut, dShortcut);
  },

  // The statistics are part of the function of an image, and not fixed as a batch norm's.
  inputGradient({ input, output, scale, groups, sum: added, relu, slope }, dy, { weights, values, give, share }) {
    const dz = relu ? reluGradient(asMap(dy), values.get(output, 4), slope) : asMap(dy);
    share(added, dz, () => {
      const of = { scale: weights.parameters.get(scale, 1), gain: null };
      give(input, groupNormBackward(ofRank(dz, 4), values.get(input, 4), null, groups, of).dx);
    });
  },
};
