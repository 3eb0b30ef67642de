import { add, div, mul, sqrt, square, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { listParameters } from '../../../core/net/operation-facts.ts';
import { Random } from '../../../data/batches/random.ts';
import type { PathPoint } from '../../../features/insight/probes/landscape.ts';
import { SaidError, sentence } from '../../../language/sentence.ts';
import { disposeOnError } from '../../weights/dispose-on-error.ts';
import { readTensors } from '../../weights/readback.ts';
import { type ReadableWeights, TensorMap } from '../../weights/tensor-map.ts';
import type { MeasurementHooks, Scope } from '../measurement.ts';
import type { FrozenWeights, Subject } from '../subject.ts';

/** The most checkpoints of a path: the eigenvectors of 50 take a third of a second, and the time grows with the cube. */
export const MOST_CHECKPOINTS = 50;

/** A lane's weights after `step` steps, by the names that `Model.stateTensors` gives them. */
export interface Checkpoint {
  readonly step: number;
  readonly values: ReadonlyMap<string, Float32Array>;
}

/** A plane in weight space, and a training path in its coordinates. */
export interface PathPlane {
  /** The plane's two axes, each of norm 1 over all parameters together. */
  readonly directions: readonly [TensorMap, TensorMap];
  readonly path: readonly PathPoint[];
  readonly explained: readonly [number, number];
}

/**
 * The plane that holds most of a path: through the present weights, along the first two principal components of the
 * checkpoints' differences from it (Li et al. 2018, section 7.2). Throws where the path has no two directions.
 */
export async function pathPlane(
  { weights }: Subject,
  checkpoints: readonly Checkpoint[],
  { turn }: Pick<MeasurementHooks<never>, 'turn'>,
): Promise<PathPlane> {
  const parameters = [...weights.parameters.entries()];
  const now = await readTensors(parameters);
  const differences: Float32Array[][] = [];
  // The inner products of each with those before it, and with itself.
  const products: number[][] = [];
  for (const { values } of checkpoints) {
    const own = parameters.map(([name, { size }]) => {
      const [then, end] = [values.get(`parameter ${name}`), now.get(name)];
      if (then?.length !== size || end === undefined) throw new Error(`checkpoint: ${name} is not of this net`);
      return then.map((value, index) => value - (end[index] ?? 0));
    });
    differences.push(own);
    products.push(differences.map((other) => dot(own, other)));
    await turn();
  }
  const gram = products.map((_, row) =>
    products.map((__, column) => products[Math.max(row, column)]?.[Math.min(row, column)] ?? 0),
  );
  const trace = gram.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const [first, second] = eigen(gram);
  if (first === undefined || second === undefined || !(second.value > 1e-9 * trace)) {
    throw new SaidError(sentence('errors.landscape.flat', { checkpoints: checkpoints.length }));
  }
  const axis = ({ value, vector }: typeof first) => {
    const direction = new TensorMap();
    parameters.forEach(([name, { shape, size }], nth) => {
      const sum = new Float32Array(size);
      differences.forEach((difference, which) => {
        const weight = (vector[which] ?? 0) / Math.sqrt(value);
        difference[nth]?.forEach((each, index) => {
          sum[index] = (sum[index] ?? 0) + weight * each;
        });
      });
      direction.set(name, tensor(sum, shape));
    });
    return direction;
  };
  const directions = disposeOnError(() => [axis(first), axis(second)]);
  const [d1, d2] = directions;
  if (d1 === undefined || d2 === undefined) throw new Error('path: no directions');
  const place = ({ value, vector }: typeof first, which: number) => (vector[which] ?? 0) * Math.sqrt(value);
  return {
    directions: [d1, d2],
    path: checkpoints.map(({ step }, which) => ({ step, x: place(first, which), y: place(second, which) })),
    explained: [first.value / trace, second.value / trace],
  };
}

function dot(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  let sum = 0;
  one.forEach((values, nth) => {
    const others = other[nth];
    if (others !== undefined) for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * (others[i] ?? 0);
  });
  return sum;
}

/** Eigenvalues of a symmetric matrix [n][n] in falling order, each with its eigenvector: Jacobi's rotations. */
export function eigen(
  matrix: readonly (readonly number[])[],
): readonly { readonly value: number; readonly vector: readonly number[] }[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = matrix.map((_, row) => matrix.map((_, column) => (row === column ? 1 : 0)));
  const at = (m: readonly (readonly number[])[], row: number, column: number) => m[row]?.[column] ?? 0;
  const put = (m: number[][], row: number, column: number, value: number) => {
    const line = m[row];
    if (line !== undefined) line[column] = value;
  };
  const scale = Math.max(...a.map((row, index) => Math.abs(row[index] ?? 0)), Number.MIN_VALUE);
  for (let sweep = 0; sweep < 60; sweep++) {
    let rest = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = at(a, p, q);
        rest = Math.max(rest, Math.abs(off));
        if (off === 0) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [left, right] = [at(a, k, p), at(a, k, q)];
          put(a, k, p, c * left - s * right);
          put(a, k, q, s * left + c * right);
        }
        for (let k = 0; k < n; k++) {
          const [upper, lower] = [at(a, p, k), at(a, q, k)];
          put(a, p, k, c * upper - s * lower);
          put(a, q, k, s * upper + c * lower);
          const [left, right] = [at(v, k, p), at(v, k, q)];
          put(v, k, p, c * left - s * right);
          put(v, k, q, s * left + c * right);
        }
      }
    }
    if (rest <= 1e-14 * scale) break;
  }
  const pairs = matrix.map((_, index) => ({ value: at(a, index, index), vector: v.map((row) => row[index] ?? 0) }));
  return pairs.toSorted((one, other) => other.value - one.value);
}

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
