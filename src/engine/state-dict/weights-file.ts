import type { DataSpec } from '../../core/experiment/experiment.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { writeSafetensors } from '../../data/formats/safetensors.ts';
import { toStateDict } from './state-dict.ts';

/** Metadata of a file of weights. */
export interface About {
  readonly net: NetSpec;
  readonly step: number;
  readonly data: DataSpec;
  readonly classes: number;
}

/** A net's weights and running statistics, by the names of a `LaneSnapshot`, as a file of the safetensors format. */
export function weightsFile(
  about: About,
  size: number,
  values: ReadonlyMap<string, Float32Array>,
): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(about).map(([key, value]) => [key, JSON.stringify(value)]);
  return writeSafetensors(toStateDict(buildGraph(about.net, size, about.classes), values), {
    format: 'pt',
    ...Object.fromEntries(texts),
  });
}
