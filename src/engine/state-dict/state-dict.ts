import type { DataSpec } from '../../core/experiment/experiment.ts';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import { type Graph, sizeOf } from '../../core/net/node.ts';
import { type Safetensors, writeSafetensors } from '../../data/formats/safetensors.ts';
import { storedValues } from '../../data/formats/stored-values.ts';
import { sentence } from '../../language/sentence.ts';
import { difference, faultIn, weightsFileError } from './differences.ts';
import { headOf, matchNames } from './match-names.ts';
import { type TorchTensor, torchTensors } from './torch-names.ts';

/** A tensor of a PyTorch `state_dict`. */
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
  const { classes: given } = matched;
  if (problem !== null && given !== null && difference(withClasses(wanted, given), matched, file) === null) {
    const told = sentence('experiment.weights.classes', { given, classes: classes ?? 0 });
    throw weightsFileError(file, told, sentence('experiment.weights.images'));
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
  room?: TransposeTarget,
): Float32Array {
  const theirs = axes.map((axis) => heldShape[axis] ?? 0);
  return transpose(numbers, theirs, inverse(axes), room);
}

/** Metadata of a file of weights. */
export interface WeightsMetadata {
  readonly net: NetSpec;
  readonly step: number;
  readonly data: DataSpec;
  /** Names of the classes, in the order of the outputs. */
  readonly classNames: readonly string[];
}

/** A net's weights and running statistics, by the names of a `LaneSnapshot`, as a file of the safetensors format. */
export function weightsFile(
  { classNames, ...about }: WeightsMetadata,
  size: number,
  values: ReadonlyMap<string, Float32Array>,
): Uint8Array<ArrayBuffer> {
  const facts = { ...about, classes: classNames.length, classNames };
  const texts = Object.entries(facts).map(([key, value]) => [key, JSON.stringify(value)]);
  return writeSafetensors(toStateDict(buildGraph(about.net, size, classNames.length), values), {
    format: 'pt',
    ...Object.fromEntries(texts),
  });
}

/** Where numbers are put: each row of their last axis `stride` numbers behind the one before, the first one at `from`. */
export interface TransposeTarget {
  readonly values: Float32Array;
  readonly from: number;
  readonly stride: number;
}

/**
 * Numbers of this shape, row by row, with their axes in another order: `axes` says which old axis each new one is. They
 * are put into `room`, or where there is none, one row behind the other.
 */
export function transpose(
  values: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
  room?: TransposeTarget,
): Float32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const sides = axes.map((axis) => shape[axis] ?? 0);
  const steps = axes.map((axis) => strides[axis] ?? 0);
  const place = axes.map(() => 0);
  const moved = room?.values ?? new Float32Array(values.length);
  const gap = room === undefined ? 0 : room.stride - (sides.at(-1) ?? 0);
  let from = 0;
  let to = room?.from ?? 0;
  for (let nth = 0; nth < values.length; nth++) {
    moved[to] = values[from] ?? 0;
    to += 1;
    // Counts `place` up by one, like the figures of a number, and moves `from` along.
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if (next < (sides[axis] ?? 0)) {
        place[axis] = next;
        break;
      }
      from -= next * (steps[axis] ?? 0);
      place[axis] = 0;
      if (axis === axes.length - 1) to += gap;
    }
  }
  return moved;
}

/** The inverse of a permutation of axes. */
function inverse(axes: readonly number[]): readonly number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}
