import { countParameters } from './cost.ts';
import { foldEnds } from './fold.ts';
import {
  type ConvNode,
  type Graph,
  type GroupNormNode,
  inputsOf,
  type Node,
  type NormNode,
  type Shape,
  sizeOf,
} from './node.ts';
import { gradientReadsOutput, listParameters, nodeParameters, type Scratch, scratchOf } from './operation-facts.ts';

const FLOAT_BYTES = 4;

/** A simulated allocator of a step's tensors. */
interface Room {
  /** Allocates room for this many numbers, until they are given back. */
  take(numbers: number): void;
  give(numbers: number): void;
  /** Allocates room that is never given back. */
  keep(numbers: number): void;
  /** Peak size in bytes. */
  readonly bytes: number;
}

/** Counts allocated numbers and their peak. */
class Ledger implements Room {
  #now = 0;
  #most = 0;

  take(numbers: number): void {
    this.#now += numbers;
    this.#most = Math.max(this.#most, this.#now);
  }

  give(numbers: number): void {
    this.#now -= numbers;
  }

  keep(numbers: number): void {
    this.take(numbers);
  }

  get bytes(): number {
    return FLOAT_BYTES * this.#most;
  }
}

/** A pool whose buffers are reused for equal sizes only and never freed. */
class Pool implements Room {
  readonly #free = new Map<number, number>();
  #all = 0;

  take(numbers: number): void {
    const free = this.#free.get(numbers) ?? 0;
    if (free > 0) this.#free.set(numbers, free - 1);
    else this.#all += numbers;
  }

  give(numbers: number): void {
    this.#free.set(numbers, (this.#free.get(numbers) ?? 0) + 1);
  }

  keep(numbers: number): void {
    this.#all += numbers;
  }

  get bytes(): number {
    return FLOAT_BYTES * this.#all;
  }
}

/** The graph as the engine folds it: a layer with the sum and the ReLU behind it is one value, made by the layer. */
class Values {
  readonly #batch: number;
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #makers = new Map<string, string>();
  /** Values that its gradient reads: ReLUs and pools derive their masks from their outputs. */
  readonly #readAgain = new Set<string>();
  /** A value that is computed only to be added, and the value that it is added to. */
  readonly #shortcuts = new Map<string, string>();
  readonly #added = new Map<string, string>();

  constructor({ nodes }: Graph, batch: number) {
    this.#batch = batch;
    this.#sizes = new Map(nodes.map(({ name, shape }) => [name, sizeOf(shape)]));
    for (const { node, names, sum, relu } of foldEnds({ nodes })) {
      for (const name of names) this.#makers.set(name, node.name);
      if (relu || gradientReadsOutput(node)) this.#readAgain.add(node.name);
      if (sum === null) continue;
      const shortcut = this.maker(sum.shortcut);
      this.#added.set(node.name, shortcut);
      if (shortcut === sum.shortcut) this.#shortcuts.set(shortcut, node.name);
    }
  }

  /** The node that makes the value that a node is part of. */
  maker(name: string): string {
    return this.#makers.get(name) ?? name;
  }

  /** Numbers of a value, of all images. */
  size(name: string): number {
    return this.#batch * (this.#sizes.get(name) ?? 0);
  }

  isReadAgain(name: string): boolean {
    return this.#readAgain.has(name);
  }

  /** The shortcut that is added to a value. */
  shortcutOf(name: string): string | undefined {
    return this.#added.get(name);
  }

  /** Whether the backward pass needs it: all values but paddings and projections, which are made only to be added. */
  isKept(name: string): boolean {
    return !this.#shortcuts.has(name);
  }
}

/** Numbers of parameters, velocities, running statistics and gains that a net keeps between steps. */
export function stateSize(graph: Graph): number {
  const statistics = graph.nodes.reduce((sum, { op, shape }) => sum + (op === 'norm' ? 2 * shape[2] : 0), 0);
  return statistics + 2 * countParameters(graph);
}

function pass(room: Room, numbers: number): void {
  room.take(numbers);
  room.give(numbers);
}

/** Follows the memory of a forward pass that keeps all values that the backward pass needs. */
function goForward({ nodes }: Graph, values: Values, room: Room, { scratch }: Pick<Habits, 'scratch'>): void {
  for (const node of nodes) {
    if (values.maker(node.name) === node.name) room.take(values.size(node.name));
    pass(room, scratch(node).forward * values.size(node.name));
    if (node.op === 'add' && !values.isKept(node.shortcut)) room.give(values.size(node.shortcut));
  }
}

/** Differences between backends. */
interface Habits {
  /** Temporary tensors of an operation, in units of its output's size. */
  readonly scratch: (node: Node) => Scratch;
  /** Whether the shortcut of a block (counted from 1) has no gradient. */
  readonly isCut: (block: number) => boolean;
  /** Number of values in the gradients of a node's parameters. */
  readonly gradientSize: (node: Node) => number;
}

/** Follows the memory of a backward pass, which frees each value after its last read. */
function goBack({ nodes }: Graph, values: Values, room: Room, { isCut, gradientSize, scratch }: Habits): void {
  const gradients = new Set<string>();
  const accumulate = (name: string) => {
    const size = values.size(name);
    room.take(size);
    if (gradients.has(name)) room.give(size);
    gradients.add(name);
  };
  const free = (name: string) => values.isKept(name) && room.give(values.size(name));

  for (const name of nodes.slice(-1).map((last) => last.name)) accumulate(name);
  for (const node of nodes.toReversed()) {
    const { name, op, block } = node;
    if (op === 'input' || values.maker(name) !== name) continue;
    const again = values.isReadAgain(name);
    if (!again) free(name);
    if (gradients.has(name)) {
      room.keep(gradientSize(node));
      pass(room, scratch(node).backward * values.size(name));
      const inputs = (node.op === 'add' ? [node.branch] : inputsOf(node)).map((input) => values.maker(input));
      for (const input of inputs) if (input !== 'input') accumulate(input);
      const shortcut = values.shortcutOf(name);
      if (shortcut !== undefined && !isCut(block)) accumulate(shortcut);
      room.give(values.size(name));
    }
    if (again) free(name);
  }
}

/**
 * The most bytes of tensors that there are at once while a net makes a training step on `batch` images: what it keeps
 * from step to step, its parameters' gradients, the batch, the activations, and in the backward pass their gradients.
 * Where a shortcut is cut it takes less; `isCut` says of which block (counted from 1).
 */
export function trainingBytes(graph: Graph, batch: number, isCut: (block: number) => boolean = () => false): number {
  const values = new Values(graph, batch);
  const ledger = new Ledger();
  ledger.keep(stateSize(graph));
  // The step holds a clone of the images, which tfjs copies on wasm.
  ledger.take(values.size('input'));
  goForward(graph, values, ledger, { scratch: scratchOf });
  const gradientSize = (node: Node) => nodeParameters(node).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  goBack(graph, values, ledger, { isCut, gradientSize, scratch: scratchOf });
  ledger.give(values.size('input'));
  // On wasm, where memory is dearest, only matrices have new weights, there before the old ones go; the gradients go last.
  const matrices = listParameters(graph).filter(({ shape }) => shape.length === 2);
  ledger.take(matrices.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  return ledger.bytes;
}

/** Alignment of the values in a packed buffer, in numbers. */
const SLOT = 64;

/** Bytes of a recorded step. */
export interface RecordedMemory {
  readonly total: number;
  /** The largest of the buffers in which all weights lie, all velocities or all gradients: an update binds each as a whole. */
  readonly largestPacked: number;
}

/**
 * As `trainingBytes`, where steps are recorded: values share buffers by their sizes, which are never given back, a cut
 * shortcut is computed all the same, and gradients and the statistics of a batch have places of their own. There the gradients by
 * what a node learns come in `partsOf` parts. The step has a batch of its own beside the one that it is given.
 */
export function recordedMemory(
  graph: Graph,
  batch: number,
  partsOf: (node: ConvNode | NormNode | GroupNormNode, input: Shape) => number,
): RecordedMemory {
  const values = new Values(graph, batch);
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const inSlots = (numbers: number) => SLOT * Math.ceil(numbers / SLOT);
  const slots = (node: Node, parts: number) =>
    nodeParameters(node).reduce((sum, { shape }) => sum + inSlots(parts * sizeOf(shape)), 0);
  const gradientSize = (node: Node) => {
    if (node.op !== 'conv' && node.op !== 'norm' && node.op !== 'groupnorm') return slots(node, 1);
    return slots(node, partsOf(node, shapes.get(node.input) ?? node.shape));
  };
  const pool = new Pool();
  pool.keep(values.size('input'));
  for (const node of graph.nodes) {
    pool.keep(2 * slots(node, 1));
    if (node.op === 'norm') pool.keep(2 * inSlots(2 * node.shape[2]));
  }
  // Every operation of a recorded step has a kernel.
  const scratch = () => ({ forward: 0, backward: 0 });
  goForward(graph, values, pool, { scratch });
  goBack(graph, values, pool, { isCut: () => false, gradientSize, scratch });
  const packed = (sizeOfNode: (node: Node) => number) => graph.nodes.reduce((sum, node) => sum + sizeOfNode(node), 0);
  const largest = Math.max(
    packed((node) => slots(node, 1)),
    packed(gradientSize),
  );
  return { total: pool.bytes, largestPacked: FLOAT_BYTES * largest };
}

/** Bytes of a net's parameters and running statistics. */
export function weightBytes(graph: Graph): number {
  return FLOAT_BYTES * (stateSize(graph) - countParameters(graph));
}

/**
 * Peak bytes of tensors while a net runs on `batch` images without training: weights, the batch, and each value until
 * its last read.
 */
export function inferenceBytes(graph: Graph, batch: number): number {
  const values = new Values(graph, batch);
  const ledger = new Ledger();
  const makers = graph.nodes.map(({ name }) => values.maker(name));
  const lastReads = new Map<string, number>();
  for (const node of graph.nodes) {
    const reader = makers.indexOf(values.maker(node.name));
    for (const input of inputsOf(node).map((name) => values.maker(name))) {
      if (input !== values.maker(node.name) && input !== 'input')
        lastReads.set(input, Math.max(reader, lastReads.get(input) ?? 0));
    }
  }
  for (const [at, node] of graph.nodes.entries()) {
    if (values.maker(node.name) !== node.name) continue;
    ledger.take(values.size(node.name));
    pass(ledger, scratchOf(node).forward * values.size(node.name));
    // Behind several groups a bias is added to a value into another one.
    if (node.op === 'conv' && node.bias && node.groups > 1) pass(ledger, values.size(node.name));
    for (const [name, reader] of lastReads) if (reader === at) ledger.give(values.size(name));
  }
  return weightBytes(graph) + ledger.bytes;
}
