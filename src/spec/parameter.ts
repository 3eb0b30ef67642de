import type { Graph, Node } from './node.ts';

/** How a parameter starts: He's normal, standard deviation sqrt(2 / fanIn), or a constant. */
export type Initial =
  | { readonly kind: 'he'; readonly fanIn: number }
  | { readonly kind: 'constant'; readonly value: number };

/** One trained tensor of a net. Convolution weights are [height, width, in, out], `in` of one group; dense weights [in, out]. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/** What a node learns. */
export function parametersOf(node: Node): readonly Parameter[] {
  const constant = (value: number): Initial => ({ kind: 'constant', value });
  switch (node.op) {
    case 'conv': {
      const fanIn = node.kernel ** 2 * node.inChannels;
      const shape = [node.kernel, node.kernel, node.inChannels, node.shape[2]];
      const weight: Parameter = { name: `${node.name}.weight`, shape, initial: { kind: 'he', fanIn } };
      if (!node.bias) return [weight];
      return [weight, { name: `${node.name}.bias`, shape: [node.shape[2]], initial: constant(0) }];
    }
    case 'norm':
      return [
        { name: `${node.name}.scale`, shape: [node.shape[2]], initial: constant(1) },
        { name: `${node.name}.shift`, shape: [node.shape[2]], initial: constant(0) },
      ];
    case 'dense': {
      const shape = [node.inChannels, node.shape[2]];
      return [
        { name: `${node.name}.weight`, shape, initial: { kind: 'he', fanIn: node.inChannels } },
        { name: `${node.name}.bias`, shape: [node.shape[2]], initial: constant(0) },
      ];
    }
    case 'input':
    case 'relu':
    case 'pad':
    case 'add':
    case 'pool':
    case 'maxpool':
    case 'concat':
    case 'lrn':
    case 'dropout':
    case 'flatten':
      return [];
    default:
      return node satisfies never;
  }
}

/** Everything that the net learns, in the order of its nodes. */
export function listParameters(graph: Graph): readonly Parameter[] {
  return graph.nodes.flatMap(parametersOf);
}

/** Numbers in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
