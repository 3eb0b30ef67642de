import type { ReadableWeights } from '../weights/readable-weights.ts';
import type { Readback } from '../weights/readback.ts';
import type { TensorMap } from '../weights/tensor-map.ts';
import { type NormReading, normedMoments } from './normed.ts';

/** Queues reads of these norms' moments; the returned function gives them after the next flush. */
export function readNorms(
  names: readonly string[],
  statistics: TensorMap,
  { parameters }: ReadableWeights,
  readback: Readback,
): { readonly momentsOf: (norm: string) => ReturnType<typeof normedMoments> } {
  const readings = new Map<string, NormReading>();
  for (const name of names) {
    const parts: Float32Array[] = [];
    const tensors = [statistics.get(name, 2), parameters.get(`${name}.scale`, 1), parameters.get(`${name}.shift`, 1)];
    for (const tensor of tensors) {
      readback.add(tensor.clone(), (values) => {
        parts.push(values);
        const [batch, scale, shift] = parts;
        if (batch !== undefined && scale !== undefined && shift !== undefined) {
          readings.set(name, { statistics: batch, scale, shift });
        }
      });
    }
  }
  return {
    momentsOf: (norm) => {
      const reading = readings.get(norm);
      if (reading === undefined) throw new Error(`norm ${norm}: not read`);
      return normedMoments(reading);
    },
  };
}
