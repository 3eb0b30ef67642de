import { mean } from 'd3';
import * as v from 'valibot';
import { type Spread, spreadOf } from '../../charts/series/seeds.ts';
import type { NetRecord } from '../../core/results/evidence.ts';

/** The responses of a net’s layers over the seeds of a record, as figure 7 of He et al. 2015 has them. */
export interface RecordedResponses {
  /** The layers in the order of the net. */
  readonly layers: readonly { readonly layer: string; readonly block: number }[];
  /** Standard deviation of each layer’s output after normalisation: in the order of the net, and the largest first. */
  readonly inOrder: readonly Spread[];
  readonly sorted: readonly Spread[];
  /** The mean over the layers. */
  readonly mean: Spread;
}

const responsesSchema = v.object({
  name: v.literal('responses'),
  layers: v.pipe(v.array(v.object({ layer: v.string(), block: v.number(), deviation: v.number() })), v.minLength(1)),
});

/** What the probe `responses` measured in a net at its last step; null where a seed has not been probed. */
export function responsesOf(runs: readonly NetRecord[]): RecordedResponses | null {
  const probed = runs.map(({ probes }) => {
    const found = probes.flatMap((probe) => {
      const parsed = v.safeParse(responsesSchema, probe);
      return parsed.success ? [parsed.output.layers] : [];
    });
    return found[0] ?? null;
  });
  const seeds = probed.flatMap((layers) => (layers === null ? [] : [layers.map(({ deviation }) => deviation)]));
  const [layers] = probed;
  const overLayers = spreadOf(probed.map((each) => mean(each ?? [], ({ deviation }) => deviation) ?? null));
  if (layers == null || overLayers === null) return null;
  const byPlace = (values: readonly (readonly number[])[]) =>
    layers.flatMap((_, place) => spreadOf(values.map((each) => each[place] ?? null)) ?? []);
  return {
    layers,
    inOrder: byPlace(seeds),
    sorted: byPlace(seeds.map((each) => each.toSorted((a, b) => b - a))),
    mean: overLayers,
  };
}
