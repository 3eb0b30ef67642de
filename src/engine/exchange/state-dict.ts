import type { Safetensors } from '../../data/safetensors.ts';
import { storedValues } from '../../data/stored-values.ts';
import { type Graph, sizeOf } from '../../spec/node.ts';
import { byTorchName, differences, refuse } from './differences.ts';
import { type TorchTensor, torchTensors } from './torch-names.ts';
import { inverse, type Room, transpose } from './transpose.ts';

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
  const given = byTorchName(tensors);
  const problems = [...differences(wanted, given)];
  const values = new Map<string, Float32Array>();
  for (const tensor of problems.length === 0 ? wanted : []) {
    const stored = given.get(tensor.name);
    const numbers = stored === undefined ? null : storedValues(stored);
    if (numbers?.every(Number.isFinite) === true) put(values, tensor, numbers, wanted);
    else problems.push(`${tensor.name} has numbers that are not finite`);
  }
  refuse(problems, file);
  return values;
}

function put(
  values: Map<string, Float32Array>,
  { held, heldShape, axes, from }: TorchTensor,
  numbers: Float32Array,
  all: readonly TorchTensor[],
): void {
  const room = () =>
    new Float32Array(all.filter((each) => each.held === held).reduce((sum, each) => sum + sizeOf(each.shape), 0));
  const whole = values.get(held) ?? room();
  whole.set(fromTorch(numbers, { heldShape, axes }), from);
  values.set(held, whole);
  if (held.startsWith('parameter ')) values.set(held.replace('parameter', 'velocity'), new Float32Array(whole.length));
}

/** Numbers as PyTorch lays them out, laid out as they are held, in `room` where there is one. */
export function fromTorch(
  numbers: Float32Array,
  { heldShape, axes }: Pick<TorchTensor, 'heldShape' | 'axes'>,
  room?: Room,
): Float32Array {
  const theirs = axes.map((axis) => heldShape[axis] ?? 0);
  return transpose(numbers, theirs, inverse(axes), room);
}
