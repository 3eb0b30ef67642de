import type { Fold } from '../../core/net/fold-norms.ts';
import { parametersOf } from '../../core/net/node.ts';
import { EPSILON } from '../ops/norm.ts';
import type { WeightSource } from './weight-source.ts';

/** A norm with fixed statistics as an affine map per channel: x * factor + offset. */
interface Affine {
  readonly factors: Float32Array;
  readonly offsets: Float32Array;
}

/**
 * The parameters of a folded graph (`foldNorms`): the filters of `source`, scaled by the factors of the norms after
 * them, and the norms' offsets as biases.
 */
export function foldedParameter(folds: readonly Fold[], source: WeightSource): WeightSource['parameter'] {
  const affines = new Map<string, Promise<Affine>>();
  const affineOf = (fold: Fold): Promise<Affine> => {
    const known = affines.get(fold.conv.name) ?? measure(fold, source);
    affines.set(fold.conv.name, known);
    return known;
  };
  const byWeight = new Map(folds.map((fold) => [`${fold.conv.name}.weight`, fold]));
  const byBias = new Map(folds.map((fold) => [`${fold.conv.name}.bias`, fold]));
  return async (parameter) => {
    const bias = byBias.get(parameter.name);
    if (bias !== undefined) return (await affineOf(bias)).offsets;
    const values = await source.parameter(parameter);
    const weight = byWeight.get(parameter.name);
    return weight === undefined ? values : scaled(values, (await affineOf(weight)).factors);
  };
}

/** Multiplies values [..., C] by factors [C]. */
function scaled(values: Float32Array, factors: Float32Array): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += factors.length) {
    for (let channel = 0; channel < factors.length; channel++) {
      result[row + channel] = (values[row + channel] ?? 0) * (factors[channel] ?? 0);
    }
  }
  return result;
}

async function measure({ conv, norm }: Fold, source: WeightSource): Promise<Affine> {
  const channels = norm.shape[2];
  const [scale, shift, bias] = await Promise.all(
    [...parametersOf(norm), ...parametersOf(conv).slice(1)].map((parameter) => source.parameter(parameter)),
  );
  const statistics = await source.statistics(norm.name, channels);
  const factors = new Float32Array(channels);
  const offsets = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const factor = (scale?.[channel] ?? 1) / Math.sqrt((statistics[channels + channel] ?? 1) + EPSILON);
    factors[channel] = factor;
    offsets[channel] = (shift?.[channel] ?? 0) + factor * ((bias?.[channel] ?? 0) - (statistics[channel] ?? 0));
  }
  return { factors, offsets };
}
