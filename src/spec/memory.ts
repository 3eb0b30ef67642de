import { countParameters } from './cost.ts';
import type { Graph } from './graph.ts';
import { listParameters, parametersOf, sizeOf } from './parameter.ts';

const FLOAT_BYTES = 4;

/** Numbers held at once, and the most that ever were. */
class Ledger {
  #now = 0;
  #most = 0;

  take(numbers: number): void {
    this.#now += numbers;
    this.#most = Math.max(this.#most, this.#now);
  }

  give(numbers: number): void {
    this.#now -= numbers;
  }

  get bytes(): number {
    return FLOAT_BYTES * this.#most;
  }
}

/** The graph as the engine folds it: a norm with the sum and the ReLU behind it is one value, made by the norm. */
class Values {
  readonly #batch: number;
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #makers = new Map<string, string>();
  /** What is made only to be added, and what it is added to. */
  readonly #shortcuts = new Map<string, string>();
  readonly #added = new Map<string, string>();

  constructor({ nodes }: Graph, batch: number) {
    this.#batch = batch;
    this.#sizes = new Map(nodes.map(({ name, shape }) => [name, sizeOf(shape)]));
    for (const node of nodes) {
      if (node.op === 'relu') this.#makers.set(node.name, this.maker(node.input));
      if (node.op !== 'add') continue;
      const shortcut = this.maker(node.shortcut);
      this.#makers.set(node.name, this.maker(node.branch));
      this.#added.set(this.maker(node.branch), shortcut);
      if (shortcut === node.shortcut) this.#shortcuts.set(shortcut, node.name);
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

  /** What is added to a value as its shortcut. */
  shortcutOf(name: string): string | undefined {
    return this.#added.get(name);
  }

  /** Whether the way back needs it: all but paddings and projections, which are made only to be added. */
  isKept(name: string): boolean {
    return !this.#shortcuts.has(name);
  }
}

/** Numbers of a net's parameters, as many of their velocities, and what else it keeps from step to step. */
function stateSize(graph: Graph): number {
  const statistics = graph.nodes.reduce((sum, { op, shape }) => sum + (op === 'norm' ? 2 * shape[2] : 0), 0);
  return statistics + 2 * countParameters(graph);
}

/** Bytes of tensors that a net keeps from one step to the next. */
export function stateBytes(graph: Graph): number {
  return FLOAT_BYTES * stateSize(graph);
}

/** Runs a net's nodes forward, all that is needed on the way back kept. */
function goForward({ nodes }: Graph, values: Values, ledger: Ledger): void {
  for (const node of nodes) {
    if (values.maker(node.name) === node.name) ledger.take(values.size(node.name));
    if (node.op === 'add' && !values.isKept(node.shortcut)) ledger.give(values.size(node.shortcut));
  }
}

/** Runs them in reverse, each value freed when nothing reads it any more. */
function goBack({ nodes }: Graph, values: Values, ledger: Ledger, isCut: (block: number) => boolean): void {
  const gradients = new Set<string>();
  const accumulate = (name: string) => {
    const size = values.size(name);
    ledger.take(size);
    if (gradients.has(name)) {
      ledger.take(size);
      ledger.give(2 * size);
    }
    gradients.add(name);
  };
  const free = (name: string) => values.isKept(name) && ledger.give(values.size(name));

  for (const name of nodes.slice(-1).map((last) => last.name)) accumulate(name);
  for (const node of nodes.toReversed()) {
    const { name, op, block } = node;
    if (op === 'input' || op === 'add' || op === 'relu') continue;
    // Only a norm reads again what it gave out.
    if (op !== 'norm') free(name);
    if (gradients.has(name)) {
      for (const { shape } of parametersOf(node)) ledger.take(sizeOf(shape));
      const input = values.maker(node.input);
      if (input !== 'input') accumulate(input);
      const shortcut = values.shortcutOf(name);
      if (shortcut !== undefined && !isCut(block)) accumulate(shortcut);
      ledger.give(values.size(name));
    }
    if (op === 'norm') free(name);
  }
}

/**
 * The most bytes of tensors that there are at once while a net makes a training step on `batch` images: what it keeps
 * from step to step, its parameters' gradients, the batch, the activations, and on the way back their gradients. Where
 * a shortcut is cut it takes less; `isCut` says of which block (counted from 1).
 */
export function trainingBytes(graph: Graph, batch: number, isCut: (block: number) => boolean = () => false): number {
  const values = new Values(graph, batch);
  const ledger = new Ledger();
  ledger.take(stateSize(graph));
  goForward(graph, values, ledger);
  goBack(graph, values, ledger, isCut);
  // A parameter's new weight and velocity are there before the old ones go, and the gradients go last.
  ledger.take(2 * Math.max(...listParameters(graph).map(({ shape }) => sizeOf(shape))));
  return ledger.bytes;
}
