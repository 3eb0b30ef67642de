import {
  add,
  addN,
  matMul,
  mul,
  reshape,
  rsqrt,
  split,
  step,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
  tile,
  unstack,
} from '@tensorflow/tfjs-core';
import { reluGradient } from '../operations/bias.ts';
import { groupedInputGradient } from '../operations/grouped-conv.ts';
import { responseNormGradient } from '../operations/lrn.ts';
import { maxPoolGradient } from '../operations/max-pool.ts';
import { EPSILON } from '../operations/norm.ts';
import { padShortcutGradient } from '../operations/pad.ts';
import type { Instruction, NormInstruction, Program, Sum } from '../program.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import type { TensorMap } from '../tensor-map.ts';

/** Which ways a block lets a gradient pass. */
export type Route = 'both' | 'branch' | 'shortcut';

/**
 * The gradient by the images, [N, size, size, 3], of whatever has the gradient `dLogits` [N, classes] by the logits, in
 * a net whose norms have fixed statistics (the running ones of `weights`), so that no image knows of another. `values`
 * are those of a forward pass with them, all kept; nothing of them is used up.
 */
export function imageGradient(
  program: Program,
  weights: ReadableWeights,
  values: TensorMap,
  dLogits: Tensor2D,
  routeOf: (block: number) => Route = () => 'both',
): Tensor4D {
  return tidy(() => {
    const parts = new Map<string, Tensor[]>([[program.output, [dLogits]]]);
    const give = (name: string, gradient: Tensor) => parts.set(name, [...(parts.get(name) ?? []), gradient]);
    for (const instruction of program.instructions.toReversed()) {
      const own = parts.get(instruction.output);
      if (own === undefined) continue;
      parts.delete(instruction.output);
      propagate(
        instruction,
        weights,
        values,
        own.length === 1 && own[0] !== undefined ? own[0] : addN(own),
        routeOf,
        give,
      );
    }
    const { shape } = values.get(program.input, 4);
    return reshape(addN(parts.get(program.input) ?? []), shape);
  });
}

function propagate(
  instruction: Instruction,
  weights: ReadableWeights,
  values: TensorMap,
  given: Tensor,
  routeOf: (block: number) => Route,
  give: (name: string, gradient: Tensor) => void,
): void {
  const { output } = instruction;
  const dy = (): Tensor4D => {
    const [batch = 0, height = 0, width = 0, channels = 0] = given.shape;
    return reshape(given, [batch, height, width, channels]);
  };
  /** Gives a sum's gradient to what the routes lead through, its branch and its shortcut. */
  const share = (sum: Sum | null, dz: Tensor, giveBranch: () => void) => {
    const route = sum === null ? 'both' : routeOf(sum.block);
    if (route !== 'shortcut') giveBranch();
    const gain = sum === null ? null : weights.gain(sum.block);
    if (sum !== null && gain !== null && route !== 'branch') give(sum.shortcut, mul(dz, gain));
  };
  switch (instruction.op) {
    case 'conv': {
      const { input, relu } = instruction;
      const weight = weights.parameters.get(instruction.weight, 4);
      const dz = relu ? reluGradient(dy(), values.get(output, 4)) : dy();
      share(instruction.sum, dz, () => {
        give(input, groupedInputGradient(dz, weight, instruction, values.get(input, 4).shape));
      });
      break;
    }
    case 'norm': {
      const dz = instruction.relu ? mul(dy(), step(values.get(output, 4))) : dy();
      share(instruction.sum, dz, () => give(instruction.input, mul(dz, slope(instruction, weights))));
      break;
    }
    case 'pad': {
      const { input, stride } = instruction;
      give(input, padShortcutGradient(dy(), stride, values.get(input, 4).shape));
      break;
    }
    case 'pool': {
      const { input } = instruction;
      const [batch, height, width, channels] = values.get(input, 4).shape;
      const share = reshape(mul(given, 1 / (height * width)), [batch, 1, 1, channels]);
      give(input, tile(share, [1, height, width, 1]));
      break;
    }
    case 'maxpool': {
      const { input, window } = instruction;
      give(input, maxPoolGradient(dy(), values.get(input, 4), values.get(output, 4), window));
      break;
    }
    case 'concat':
      split(dy(), [...instruction.channels], 3).forEach((part, nth) => {
        give(instruction.inputs[nth] ?? output, part);
      });
      break;
    case 'lrn':
      give(instruction.input, responseNormGradient(dy(), values.get(instruction.input, 4)));
      break;
    case 'dropout':
      give(instruction.input, given);
      break;
    case 'flatten':
      give(instruction.input, reshape(given, values.get(instruction.input, 4).shape));
      break;
    case 'dense': {
      const { input, weight, relu } = instruction;
      const dz = relu ? reluGradient(given, values.get(output, 2)) : given;
      give(input, matMul(dz, weights.parameters.get(weight, 2), false, true));
      break;
    }
    default:
      instruction satisfies never;
  }
}

/** What a norm with fixed statistics multiplies each channel by, [channels]. */
function slope({ norm, scale }: NormInstruction, { parameters, running }: ReadableWeights): Tensor {
  const [, variance] = unstack(running.get(norm, 2));
  if (variance === undefined) throw new Error('statistics: shape must be [2, channels]');
  return mul(parameters.get(scale, 1), rsqrt(add(variance, EPSILON)));
}
