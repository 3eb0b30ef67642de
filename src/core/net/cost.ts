import { type Graph, listParameters, type Node, sizeOf } from './node.ts';

/** Trained numbers: convolution and dense weights, biases, scales and shifts. No running statistics. */
export function countParameters(graph: Graph): number {
  return listParameters(graph).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Multiply-adds of one image's forward pass, as the paper counts them: convolutions and dense layers. */
export function multiplyAdds(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + multiplyAddsOf(node), 0);
}

/** Multiply-adds of one node for one image. */
export function multiplyAddsOf(node: Node): number {
  if (node.op === 'conv') return sizeOf(node.shape) * node.kernel ** 2 * node.inChannels;
  return node.op === 'dense' ? node.shape[2] * node.inChannels : 0;
}
