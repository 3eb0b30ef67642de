import { div, mul, sqrt, square, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { listParameters } from '../../../core/net/node.ts';
import { Random } from '../../../data/batches/random.ts';
import { TensorMap } from '../../weights/tensor-map.ts';
import type { Subject } from '../subject.ts';

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
