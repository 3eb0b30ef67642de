import { addN, mul, reshape, type Tensor, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { InputGradientContext } from '../ops/operation.ts';
import { operationOf } from '../ops/operations.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import type { TensorMap } from '../weights/tensor-map.ts';
import type { Program } from './compile.ts';

/** Through which of its two paths a block passes a gradient on. */
export type Route = 'both' | 'branch' | 'shortcut';

/**
 * Propagates `dLogits` [N, classes] to the images, [N, size, size, 3], in a net whose norms have fixed statistics (the
 * running ones of `weights`), so that no image depends on another. `values` are all values of a forward pass with these
 * statistics; they are not disposed of.
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
    const share: InputGradientContext['share'] = (sum, dz, giveBranch) => {
      const route = sum === null ? 'both' : routeOf(sum.block);
      if (route !== 'shortcut') giveBranch();
      const gain = sum === null ? null : weights.gain(sum.block);
      if (sum !== null && gain !== null && route !== 'branch') give(sum.shortcut, mul(dz, gain));
    };
    const context = { weights, values, give, share };
    for (const instruction of program.instructions.toReversed()) {
      const [first, ...others] = parts.get(instruction.output) ?? [];
      if (first === undefined) continue;
      parts.delete(instruction.output);
      const dy = others.length === 0 ? first : addN([first, ...others]);
      operationOf(instruction).inputGradient(instruction, dy, context);
    }
    const { shape } = values.get(program.input, 4);
    return reshape(addN(parts.get(program.input) ?? []), shape);
  });
}
