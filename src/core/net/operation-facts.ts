import type { ConvStart } from './choices.ts';
import type { FirstWeights, Graph, Node, NodeOf, Op } from './node.ts';

/**
 * Initialisation of a parameter: He normal with standard deviation sqrt(2 / fanIn), a constant, or what a convolution has
 * in their place.
 */
export type Initial =
  | { readonly type: 'he'; readonly fanIn: number; readonly share?: number }
  | { readonly type: 'constant'; readonly value: number }
  | (Exclude<ConvStart, { type: 'fixup' }> & { readonly fanIn: number });

/** One trained tensor of a net. Convolution weights are [height, width, in, out], `in` of one group; dense weights [in, out]. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/**
 * The operations computed in the same pass over memory as a node: the sum at the end of a block and the ReLU behind it,
 * a ReLU alone, or nothing.
 */
export type Takes = 'sum and ReLU' | 'ReLU' | 'nothing';

/** Tensors as large as a node's output that exist beside it for a moment. */
export interface Scratch {
  readonly forward: number;
  readonly backward: number;
}

/** Properties of an operation that need no computation. How it is computed is in engine/ops, one file an operation. */
export interface OperationFacts<N extends Node> {
  readonly parameters?: (node: N) => readonly Parameter[];
  readonly takes?: (node: N) => Takes;
  /** Whether its gradient reads its output: to find the largest, or the mask of a ReLU. */
  readonly rereadsOutput?: true;
  /** Temporary memory of its composition, where wasm has no kernel. */
  readonly scratch?: Scratch;
}

const constant = (value: number): Initial => ({ type: 'constant', value });
const initialOf = (start: FirstWeights | undefined, fanIn: number): Initial =>
  start?.type === 'constant' ? start : { ...(start ?? { type: 'he' }), fanIn };
const vector = (name: string, { shape }: Node, value: number): Parameter => ({
  name,
  shape: [shape[2]],
  initial: constant(value),
});

const FACTS: { readonly [O in Op]: OperationFacts<NodeOf<O>> } = {
  input: {},
  conv: {
    parameters: (node) => {
      const shape = [node.kernel, node.kernel, node.inChannels, node.shape[2]];
      const fanIn = node.kernel ** 2 * node.inChannels;
      const initial = initialOf(node.start, fanIn);
      const weight: Parameter = { name: `${node.name}.weight`, shape, initial };
      return node.bias ? [weight, vector(`${node.name}.bias`, node, node.biasStart ?? 0)] : [weight];
    },
    takes: () => 'sum and ReLU',
  },
  norm: {
    parameters: (node) => [
      vector(`${node.name}.scale`, node, node.scale ?? 1),
      vector(`${node.name}.shift`, node, node.shift ?? 0),
    ],
    takes: () => 'sum and ReLU',
    rereadsOutput: true,
  },
  relu: { rereadsOutput: true },
  scale: {
    parameters: ({ name, start }) => [{ name: `${name}.scale`, shape: [1], initial: constant(start) }],
    takes: () => 'sum and ReLU',
  },
  drop: { takes: () => 'sum and ReLU' },
  gate: {},
  groupnorm: {
    parameters: (node) => [
      vector(`${node.name}.scale`, node, node.scale ?? 1),
      vector(`${node.name}.shift`, node, node.shift ?? 0),
    ],
    takes: () => 'sum and ReLU',
  },
  pad: {},
  add: { takes: () => 'ReLU' },
  sum: { takes: () => 'ReLU' },
  pool: {},
  averagepool: {},
  maxpool: { rereadsOutput: true },
  concat: {},
  lrn: { scratch: { forward: 3, backward: 7 } },
  dropout: {},
  flatten: {},
  dense: {
    parameters: (node) => {
      const shape = [node.inChannels, node.shape[2]];
      const initial = initialOf(node.start, node.inChannels);
      const weight: Parameter = { name: `${node.name}.weight`, shape, initial };
      return [weight, vector(`${node.name}.bias`, node, 0)];
    },
    takes: () => 'ReLU',
  },
};

/** The facts of a node's operation, applied to it. */
function factsOf<O extends Op>(node: NodeOf<O>): OperationFacts<NodeOf<O>> {
  return FACTS[node.op];
}

/** The trained parameters of a node. */
export function nodeParameters(node: Node): readonly Parameter[] {
  return factsOf(node).parameters?.(node) ?? [];
}

/** What is computed in the same pass over memory as the node. */
export function takesOf(node: Node): Takes {
  return factsOf(node).takes?.(node) ?? 'nothing';
}

/** Whether the backward pass of an operation reads its output, so that the output must stay in memory. */
export function gradientReadsOutput({ op }: Node): boolean {
  return FACTS[op].rereadsOutput === true;
}

/** Temporary tensors of an operation, in units of its output's size. */
export function scratchOf({ op }: Node): Scratch {
  return FACTS[op].scratch ?? { forward: 0, backward: 0 };
}

/** The trained parameters of a net, in the order of its nodes. */
export function listParameters(graph: Graph): readonly Parameter[] {
  return graph.nodes.flatMap(nodeParameters);
}
