import { matMul, reshape, stack, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { CorrelationRequest, CorrelationResult } from '../../../features/insight/probes/correlation.ts';
import { Readback } from '../../weights/readback.ts';
import type { TensorMap } from '../../weights/tensor-map.ts';
import { weightedLayers } from '../layers.ts';
import type { MeasurementHooks } from '../measurement.ts';
import { inScope } from '../measurement.ts';
import type { Subject } from '../subject.ts';
import { batchGradients } from './gradients.ts';

/** How far the gradients of the next training batches point the same way. */
export function probeCorrelation(
  subject: Subject,
  { batches }: CorrelationRequest,
  { turn }: Pick<MeasurementHooks<never>, 'turn'>,
): Promise<CorrelationResult> {
  return inScope(async (scope) => {
    const { lane, step, graph } = subject;
    const all: TensorMap[] = [];
    for (let nth = 0; nth < batches; nth++) {
      all.push(scope.own(batchGradients(subject, step + nth)));
      await turn();
    }
    const readback = scope.own(new Readback());
    const layers: Directed[] = [];
    for (const { layer, block, weight } of weightedLayers(graph)) {
      const own = all.map((gradients) => gradients.find(weight)).filter((each) => each !== undefined);
      if (own.length < batches) continue;
      const row: Directed = { layer, block, cosine: Number.NaN };
      layers.push(row);
      readback.add(products(own), (values) => {
        row.cosine = meanCosine(values, batches);
      });
    }
    await readback.flush();
    // A gradient of 0, as behind a factor that starts at 0, has no direction.
    const mean = meanOf(layers.map(({ cosine }) => cosine).filter((cosine) => !Number.isNaN(cosine)));
    return { name: 'correlation', lane, step, pairs: (batches * (batches - 1)) / 2, layers, mean };
  });
}

/** A row of the result, which is known when it has been read back. */
interface Directed {
  readonly layer: string;
  readonly block: number;
  cosine: number;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gram matrix [count, count]: inner products of every two of the tensors. */
function products(tensors: readonly Tensor[]): Tensor {
  return tidy(() => {
    const rows: Tensor = stack(tensors.map((tensor) => reshape(tensor, [tensor.size])));
    return matMul(rows, rows, false, true);
  });
}

/** Mean cosine over all pairs, from their Gram matrix [count, count], flat. */
function meanCosine(products: ArrayLike<number>, count: number): number {
  const at = (row: number, column: number) => products[row * count + column] ?? Number.NaN;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < row; column++) {
      sum += at(row, column) / Math.sqrt(at(row, row) * at(column, column));
    }
  }
  return sum / ((count * (count - 1)) / 2);
}
