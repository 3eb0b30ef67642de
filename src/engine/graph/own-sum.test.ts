import { memory, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet } from '../../core/net/net.ts';
import type { Graph } from '../../core/net/node.ts';
import { Random } from '../../data/batches/random.ts';
import { withoutNorms } from '../../testing/engine/without-norms.ts';
import { startDevice } from '../device/device.ts';
import { crossEntropy } from '../ops/tensors/loss.ts';
import { wholeGradient } from '../ops/tensors/updates.ts';
import { disposeLabels, makeLabels } from '../training/device-batch.ts';
import { Weights } from '../weights/weights.ts';
import { backward, imageGradient } from './backward.ts';
import { compile } from './compile.ts';
import { forward } from './forward.ts';

const GAINS = [1, 0.5, 0];
const NORMED = buildGraph(makeNet('residual', 8, { width: 3, option: 'A' }), 8, 3);
/** Convolutions take the sum and the ReLU along. */
const FOLDED = withoutNorms(NORMED);
/** The same function: ReLUs of slope 1 are what convolutions take along, so that sums and ReLUs stand alone. */
const ALONE: Graph = {
  nodes: NORMED.nodes.map((node) => (node.op === 'norm' ? { ...node, op: 'relu', slope: 1 } : node)),
};

/** The loss's gradients by the weights of all layers and by the images. */
async function gradients(graph: Graph, images: Tensor4D) {
  const program = compile(graph);
  const weights = new Weights(graph, program, GAINS, 1);
  const labels = makeLabels(Int32Array.of(0, 2, 1, 1), 3);
  const kept = forward(program, weights, images, 'running', true);
  const trace = forward(program, weights, images, 'batch', true);
  const { metrics, dLogits } = crossEntropy(trace.values.get(program.output, 2), labels);
  const byImages = imageGradient(program, weights, kept.values, dLogits);
  const byParameter = backward(program, weights, trace, dLogits);
  const found = new Map([['images', await byImages.data()]]);
  for (const [name, parameter] of weights.parameters.entries()) {
    const gradient = byParameter.find(name);
    if (!name.endsWith('.weight') || gradient === undefined) continue;
    const whole = wholeGradient(gradient, parameter);
    found.set(name, await whole.data());
    whole.dispose();
  }
  for (const each of [byImages, metrics, byParameter, kept.values, kept.statistics, trace.statistics, weights])
    each.dispose();
  disposeLabels(labels);
  return found;
}

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test('a sum and a ReLU of their own compute what they do folded into a layer, forward and backward', async () => {
    const random = new Random('images');
    const images: Tensor4D = tensor(Array.from({ length: 2 * 8 * 8 * 3 }, () => random.normals()).flat(), [4, 8, 8, 3]);
    const before = memory().numTensors;
    const [alone, folded] = [await gradients(ALONE, images), await gradients(FOLDED, images)];
    expect(memory().numTensors).toBe(before);
    expect([...alone.keys()]).toEqual([...folded.keys()]);
    for (const [name, values] of alone) {
      const others = folded.get(name) ?? [];
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).toBeGreaterThan(0);
      expect(Math.max(...values.map((value, at) => Math.abs(value - (others[at] ?? Number.NaN))))).toBeLessThan(
        1e-5 * largest,
      );
    }
    images.dispose();
  });
});
