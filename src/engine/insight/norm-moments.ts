import { EPSILON } from '../ops/norm.ts';
import type { Readback } from '../weights/readback.ts';
import type { ReadableWeights, TensorMap } from '../weights/tensor-map.ts';

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

/** A norm's statistics of a batch [2, channels] and its scale and shift, read back. */
export interface NormReading {
  readonly statistics: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  readonly shift: ArrayLike<number>;
}

/**
 * Mean and mean square over batch, pixels and channels of what the norm gives out for that batch, from its parameters
 * alone: channel c of it has mean shift_c and variance scale_c^2 v_c / (v_c + epsilon), where v_c is the input's.
 */
function normedMoments({ statistics, scale, shift }: NormReading): {
  readonly mean: number;
  readonly meanSquare: number;
} {
  const channels = scale.length;
  let [mean, meanSquare] = [0, 0];
  for (let c = 0; c < channels; c++) {
    const [variance = Number.NaN, gamma = Number.NaN, beta = Number.NaN] = [
      statistics[channels + c],
      scale[c],
      shift[c],
    ];
    mean += beta / channels;
    meanSquare += ((gamma * gamma * variance) / (variance + EPSILON) + beta * beta) / channels;
  }
  return { mean, meanSquare };
}
