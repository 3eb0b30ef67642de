import { add, div, mul, sqrt, square, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { listParameters } from '../../../core/net/node.ts';
import { Random } from '../../../data/batches/random.ts';
import { type ReadableWeights, TensorMap } from '../../weights/tensor-map.ts';
import type { Scope } from '../measurement.ts';
import type { FrozenWeights, Subject } from '../subject.ts';

/**
 * A filter-normalised random direction in weight space: standard normals, scaled per filter to the norm of the filter's
 * weights, so that a net's loss does not seem sharp because its weights are small (Li et al. 2018, section 4). Scales,
 * shifts and biases are not in it and stay unchanged.
 */
export function filterNormalised({ graph, weights }: Pick<Subject, 'graph' | 'weights'>, key: string): TensorMap {
  const direction = new TensorMap();
  for (const { name, shape } of listParameters(graph)) {
    const own = weights.parameters.find(name);
    if (own === undefined || !name.endsWith('.weight')) continue;
    const scaled = tidy(() => {
      const raw = tensor(normals(`landscape/${key}/${name}`, own.size), own.shape);
      // The last axis counts the filters, of convolutions as of the dense layer.
      const others = shape.slice(0, -1).map((_, axis) => axis);
      const length = (of: Tensor) => sqrt(sum(square(of), others));
      return mul(raw, div(length(own), length(raw)));
    });
    direction.set(name, scaled);
  }
  return direction;
}

function normals(key: string, count: number): Float32Array {
  const random = new Random(key);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) values.set(random.normals().slice(0, count - i), i);
  return values;
}

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
