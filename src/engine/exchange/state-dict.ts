import type { Safetensors } from '../../data/safetensors.ts';
import { storedValues } from '../../data/stored-values.ts';
import type { Graph } from '../../spec/node.ts';
import { sizeOf } from '../../spec/parameter.ts';
import { type TorchTensor, torchTensors } from './torch-names.ts';
import { inverse, transpose } from './transpose.ts';

/** Weights of another net than the one that they are for, said in one sentence. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * A net's weights and running statistics as PyTorch names and lays them out. `values` are those of a `LaneSnapshot`.
 */
export function toStateDict(graph: Graph, values: ReadonlyMap<string, Float32Array>): readonly NamedTensor[] {
  return torchTensors(graph).map(({ name, shape, held, heldShape, axes, from }) => {
    const all = values.get(held);
    if (all === undefined) throw new Error(`snapshot: no ${held}`);
    return { name, shape, values: transpose(all.subarray(from, from + sizeOf(shape)), heldShape, axes) };
  });
}

/**
 * What a file holds for this net, by the names of a `LaneSnapshot`: weights, running statistics, and velocities of 0.
 * Names may begin with `module.`, as DistributedDataParallel has it. Throws a `WeightsError` that says what differs.
 */
export function fromStateDict(graph: Graph, { tensors }: Safetensors, file: string): Map<string, Float32Array> {
  const wanted = torchTensors(graph);
  const given = new Map([...tensors].map(([name, tensor]) => [name.replace(/^module\./, ''), tensor]));
  const problems: string[] = [];
  const values = new Map<string, Float32Array>();
  for (const tensor of wanted) {
    const stored = given.get(tensor.name);
    given.delete(tensor.name);
    if (stored === undefined) problems.push(`${tensor.name} is missing`);
    else if (stored.shape.join() !== tensor.shape.join()) {
      problems.push(`${tensor.name} is [${stored.shape.join(', ')}], not [${tensor.shape.join(', ')}]`);
    } else {
      const numbers = storedValues(stored);
      if (numbers === null) problems.push(`${tensor.name} is of ${stored.dtype}, not of F32, F16, BF16 or F64`);
      else if (!numbers.every(Number.isFinite)) problems.push(`${tensor.name} has numbers that are not finite`);
      else put(values, tensor, numbers, wanted);
    }
  }
  for (const name of given.keys()) {
    if (!name.endsWith('.num_batches_tracked')) problems.push(`the net has no ${name}`);
  }
  const [first] = problems;
  if (first === undefined) return values;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more differences)`;
  throw new WeightsError(`weights file: ${file} is of another net: ${first}${others}; load it into a net of its shape`);
}

function put(
  values: Map<string, Float32Array>,
  { held, shape, axes, from }: TorchTensor,
  numbers: Float32Array,
  all: readonly TorchTensor[],
): void {
  const room = () =>
    new Float32Array(all.filter((each) => each.held === held).reduce((sum, each) => sum + sizeOf(each.shape), 0));
  const whole = values.get(held) ?? room();
  whole.set(transpose(numbers, shape, inverse(axes)), from);
  values.set(held, whole);
  if (held.startsWith('parameter ')) values.set(held.replace('parameter', 'velocity'), new Float32Array(whole.length));
}
