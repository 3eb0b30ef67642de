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

const FLOAT_BYTES = 4;

/**
 * Bytes of activations that a training step of `batch` images keeps for its backward pass: the images, what
 * each normalisation takes in and, after the sum and the ReLU behind it, gives out, and padded shortcuts.
 */
export function activationBytes(graph: Graph, batch: number): number {
  const kept = graph.nodes.filter(({ op }) => op === 'input' || op === 'conv' || op === 'norm' || op === 'pad');
  return kept.reduce((sum, { shape }) => sum + sizeOf(shape), 0) * batch * FLOAT_BYTES;
}

/** Bytes that a lane needs to train: activations, and each parameter with its velocity and gradient. */
export function trainingBytes(graph: Graph, batch: number): number {
  return activationBytes(graph, batch) + 3 * FLOAT_BYTES * countParameters(graph);
}
