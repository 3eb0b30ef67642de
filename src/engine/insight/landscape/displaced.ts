import { add, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { ReadableWeights } from '../../weights/readable-weights.ts';
import { TensorMap } from '../../weights/tensor-map.ts';
import type { FrozenWeights } from '../frozen-weights.ts';
import type { Scope } from '../scope.ts';

/** The weights w + x * d1 + y * d2, which the scope owns; w is not changed. */
export function displaced(
  weights: FrozenWeights,
  steps: readonly { readonly direction: TensorMap; readonly by: number }[],
  scope: Scope,
): ReadableWeights {
  const moved = scope.own(new TensorMap());
  for (const [name, own] of weights.parameters.entries()) {
    const ways = steps.flatMap(({ direction, by }) => {
      const way = direction.find(name);
      return way === undefined ? [] : [{ way, by }];
    });
    if (ways.length === 0) continue;
    moved.set(
      name,
      tidy(() => ways.reduce<Tensor>((at, { way, by }) => add(at, mul(way, by)), own)),
    );
  }
  const { parameters, running } = weights;
  const source = (name: string) => (moved.find(name) === undefined ? parameters : moved);
  return {
    parameters: { get: (name, rank) => source(name).get(name, rank), find: (name) => source(name).find(name) },
    running,
    gain: (block) => weights.gain(block),
  };
}
