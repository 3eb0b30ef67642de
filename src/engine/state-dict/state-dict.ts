import { type Graph, sizeOf } from '../../core/net/node.ts';
import type { Safetensors } from '../../data/formats/safetensors.ts';
import { storedValues } from '../../data/formats/stored-values.ts';
import { difference, faultIn, weightsError } from './differences.ts';
import { classesIn, headOf, matchNames } from './match-names.ts';
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
 * Its names may begin with anything (`matchNames`). Throws a `WeightsError` that says why the net cannot have them.
 */
export function fromStateDict(graph: Graph, { tensors }: Safetensors, file: string): Map<string, Float32Array> {
  const wanted = torchTensors(graph);
  const matched = matchNames(wanted, tensors);
  const problem = difference(wanted, matched, file);
  const classes = headOf(wanted)?.shape[0];
  const given = classesIn(wanted, tensors);
  if (problem !== null && given !== null && difference(withClasses(wanted, given), matched, file) === null) {
    const told = `tells ${given} classes apart, and these images are of ${classes}`;
    throw weightsError(file, told, 'open the images that it was trained on');
  }
  if (problem !== null) throw problem;
  const values = new Map<string, Float32Array>();
  for (const tensor of wanted) {
    const stored = matched.found.get(tensor.name)?.stored;
    const numbers = stored === undefined ? null : storedValues(stored);
    if (numbers === null) throw new Error(`weights: ${tensor.name} is not readable`);
    const fault = faultIn(numbers, tensor, file);
    if (fault !== null) throw fault;
    put(values, tensor, numbers, wanted);
  }
  return values;
}

/** The tensors of the same net with another number of classes. */
function withClasses(wanted: readonly TorchTensor[], classes: number): readonly TorchTensor[] {
  const weight = headOf(wanted)?.name;
  const bias = weight?.replace(/weight$/, 'bias');
  return wanted.map((tensor) => {
    const isHead = tensor.name === weight || tensor.name === bias;
    return isHead ? { ...tensor, shape: [classes, ...tensor.shape.slice(1)] } : tensor;
  });
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
