import type { SafetensorsFile } from '../../data/safetensors.ts';
import { storedValues } from '../../data/stored-values.ts';
import type { NetSpec } from '../../spec/net.ts';
import type { Graph } from '../../spec/node.ts';
import { byTorchName, differences, refuse } from '../exchange/differences.ts';
import { fromTorch } from '../exchange/state-dict.ts';
import { torchTensors } from '../exchange/torch-names.ts';
import { EPSILON } from '../operations/norm.ts';
import type { WeightSource } from './weight-source.ts';

/** What torchvision's GoogLeNet adds to variances; its other nets add what we do. */
const GOOGLENET_EPSILON = 1e-3;

/**
 * The weights of a net in a file that PyTorch wrote, each read when it is asked for. Throws a `WeightsError` that says
 * what differs where the file is of another net, before any is read; numbers that are not finite reject likewise.
 */
export function fileWeights(net: NetSpec, graph: Graph, file: SafetensorsFile): WeightSource {
  const wanted = torchTensors(graph);
  const places = byTorchName(file.places);
  refuse(differences(wanted, places), file.name);
  const more = net.design === 'googlenet' ? GOOGLENET_EPSILON - EPSILON : 0;

  const read = async (held: string): Promise<readonly Float32Array[]> => {
    const parts: Float32Array[] = [];
    for (const tensor of wanted.filter((each) => each.held === held)) {
      const place = places.get(tensor.name);
      const numbers = place === undefined ? null : storedValues(await file.read(place));
      if (numbers?.every(Number.isFinite) !== true) {
        refuse([`${tensor.name} has numbers that are not finite`], file.name);
      } else parts.push(fromTorch(numbers, tensor));
    }
    return parts;
  };
  return {
    parameter: async ({ name }) => {
      const [values] = await read(`parameter ${name}`);
      if (values === undefined) throw new Error(`parameter: no ${name}`);
      return values;
    },
    statistics: async (norm, channels) => {
      const [mean = [], variance = []] = await read(`running ${norm}`);
      const both = new Float32Array(2 * channels);
      both.set(mean);
      both.set(
        Array.from(variance, (value) => value + more),
        channels,
      );
      return both;
    },
  };
}
