import type { FileNames } from '../../core/data/pretrained.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { type Graph, sizeOf } from '../../core/net/node.ts';
import type { SafetensorsFile, StoredPlace } from '../../data/formats/safetensors.ts';
import { storedValues } from '../../data/formats/stored-values.ts';
import { EPSILON } from '../ops/norm.ts';
import { difference, faultIn } from '../state-dict/differences.ts';
import { matchNames } from '../state-dict/match-names.ts';
import { fromTorch } from '../state-dict/state-dict.ts';
import { type TorchTensor, torchTensors } from '../state-dict/torch-names.ts';
import type { WeightSource } from './weight-source.ts';

/** Epsilon of the batch norms of torchvision's GoogLeNet; its other nets have the engine's 1e-5. */
const GOOGLENET_EPSILON = 1e-3;

/** Maximum numbers read at a time, since they are held twice while they are transposed. */
const STRIP = 2 ** 22;

/** Weights in a file, and how its names were matched to the net's. */
export interface FileWeights extends WeightSource {
  readonly names: FileNames;
}

/**
 * The weights of a net in a file that PyTorch wrote, each read on demand, in strips of `strip` numbers. Throws a
 * `WeightsError` that says what differs if the file is of another net, before any is read; reads reject with one if
 * values are not finite.
 */
export function fileWeights(net: NetSpec, graph: Graph, file: SafetensorsFile, strip = STRIP): FileWeights {
  const wanted = torchTensors(graph);
  const matched = matchNames(wanted, file.places);
  const problem = difference(wanted, matched, file.name);
  if (problem !== null) throw problem;
  const more = net.design === 'googlenet' ? GOOGLENET_EPSILON - EPSILON : 0;

  const read = async (held: string): Promise<readonly Float32Array[]> => {
    const parts: Float32Array[] = [];
    for (const tensor of wanted.filter((each) => each.held === held)) {
      const place = matched.found.get(tensor.name)?.stored;
      if (place === undefined) throw new Error(`weights: no ${tensor.name}`);
      parts.push(await readTurned(file, place, tensor, strip));
    }
    return parts;
  };
  return {
    names: matched.names,
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

/** Reads a tensor in the engine's layout, in strips of rows of the file. Rejects with a `WeightsError`. */
async function readTurned(
  file: SafetensorsFile,
  { dtype, from, to }: StoredPlace,
  tensor: TorchTensor,
  strip: number,
): Promise<Float32Array> {
  const { heldShape, axes } = tensor;
  // PyTorch's first axis is the engine's last.
  const rows = heldShape.at(-1) ?? 1;
  const columns = sizeOf(heldShape) / rows;
  const rowBytes = (to - from) / rows;
  const most = Math.max(1, Math.floor(strip / columns));
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    const place = { dtype, shape: [count, columns], from: from + row * rowBytes, to: from + (row + count) * rowBytes };
    const numbers = storedValues(await file.read(place));
    if (numbers === null) throw new Error(`weights: ${tensor.name} is not readable`);
    const fault = faultIn(numbers, tensor, file.name);
    if (fault !== null) throw fault;
    fromTorch(numbers, { heldShape: heldShape.with(-1, count), axes }, { values, from: row, stride: rows });
  }
  return values;
}
