import type { Graph } from './graph.ts';
import { listParameters, sizeOf } from './parameter.ts';

/** Trained numbers: convolution and dense weights, dense biases, scales and shifts. No running statistics. */
export function countParameters(graph: Graph): number {
  return listParameters(graph).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Multiply-adds of one image's forward pass, as the paper counts them: convolutions and dense layers. */
export function multiplyAdds(graph: Graph): number {
  let sum = 0;
  for (const node of graph.nodes) {
    if (node.op === 'conv') sum += sizeOf(node.shape) * node.kernel ** 2 * node.inChannels;
    if (node.op === 'dense') sum += node.shape[2] * node.inChannels;
  }
  return sum;
}
