import type { Filters } from '../../core/net/feature-maps.ts';
import type { Fold } from '../../core/net/fold.ts';
import type { Graph } from '../../core/net/node.ts';
import { listParameters, nodeParameters, type Parameter } from '../../core/net/operation-facts.ts';
import { EPSILON } from '../ops/norm.ts';

/** A source of a net's weights. Each tensor is read once, so that no second copy of all need be held. */
export interface WeightSource {
  parameter(parameter: Parameter): Float32Array | Promise<Float32Array>;
  /** Mean and variance of each channel, [2, channels]. */
  statistics(norm: string, channels: number): Float32Array | Promise<Float32Array>;
}

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
    [...nodeParameters(norm), ...nodeParameters(conv).slice(1)].map((parameter) => source.parameter(parameter)),
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

/** Reads the filters of the first convolution, [height, width, RGB, filters], from the source of the net's weights. */
export async function firstFilters(graph: Graph, source: WeightSource): Promise<Filters> {
  const [first] = listParameters(graph);
  if (first === undefined) throw new Error('net: it has no filters');
  const [height = 0, width = 0, colours = 0, filters = 0] = first.shape;
  return { shape: [height, width, colours, filters], values: await source.parameter(first) };
}
