import { memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { ShownMap } from '../../core/net/feature-maps.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { IMAGENET } from '../../core/net/zoo.ts';
import { openSafetensors } from '../../data/formats/safetensors.ts';
import { NARROW } from '../../testing/engine/family/narrow-net.ts';
import { randomWeights } from '../../testing/engine/family/random-weights.ts';
import { startDevice } from '../device/device.ts';
import { fileWeights } from './file-weights.ts';
import { FrozenNet } from './frozen-net.ts';
import { liveliest, netMaps } from './net-maps.ts';
import { probeNet } from './net-probe.ts';

const { net: spec } = NARROW;
let net: FrozenNet;
let image: Tensor4D;

beforeAll(async () => {
  await startDevice('wasm');
  const graph = buildGraph(spec, 64, IMAGENET.classes);
  const file = await openSafetensors(new Blob([randomWeights(NARROW)]), 'narrow');
  net = await FrozenNet.load(graph, spec.gains, fileWeights(spec, graph, file));
  const values = Float32Array.from({ length: 64 * 64 * 3 }, (_, at) => Math.sin(at / 7));
  image = tensor4d(values, [1, 64, 64, 3]);
});

const norm = ({ values }: ShownMap) => Math.hypot(...values);

test('a block is shown as what comes in, what its branch adds and what goes on, each of as many channels as fit', async () => {
  const before = memory().numTensors;
  const { block, output, largest } = await netMaps(net, image, { type: 'block', block: 2 });
  if (block === null) throw new Error('no block');
  const { input, branch } = block;
  expect(output).toMatchObject({ shape: [16, 16, 4], channels: [0, 1, 2, 3], of: 4 });
  output.values.forEach((y, at) => {
    expect(y).toBeCloseTo(Math.max(0, (input.values[at] ?? 0) + (branch.values[at] ?? 0)), 4);
  });
  expect(largest).toBeCloseTo(Math.max(...[input, branch, output].flatMap(({ values }) => [...values.map(Math.abs)])));
  // The first block of a stage has other channels before than behind.
  const third = await netMaps(net, image, { type: 'block', block: 3 });
  expect([third.block?.input.of, third.block?.branch.of, third.output.of]).toEqual([4, 8, 8]);
  expect(memory().numTensors).toBe(before);
});

test('the first block begins behind the stem’s pool; a layer is shown by itself', async () => {
  const first = await netMaps(net, image, { type: 'block', block: 1 });
  const pool = await netMaps(net, image, { type: 'layer', layer: 'stem.pool' });
  expect(first.block?.input).toEqual(pool.output);
  expect(pool.block).toBeNull();
  await expect(netMaps(net, image, { type: 'layer', layer: 'head.pool' })).rejects.toThrow(
    'layer: head.pool has no maps',
  );
  await expect(netMaps(net, image, { type: 'block', block: 9 })).rejects.toThrow('block: 9 is not one of 1 to 8');
});

test('of many channels those are shown that differ the most from place to place', () => {
  expect(liveliest([9, 1, 0, 5, 9, 2, 0, -5, 9, 3, 0, 5], 4, 2)).toEqual([1, 3]);
  expect(liveliest([9, 1, 0, 5, 9, 2, 0, -5, 9, 3, 0, 5], 4, 1)).toEqual([3]);
});

test('the blocks’ norms are those of their maps, and the evidence is the logit', async () => {
  const before = memory().numTensors;
  const label = 7;
  const { blocks, evidence } = await probeNet(net, image, 8, label);
  expect(blocks.map(({ block }) => block)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const { block, ratio, silent } of blocks) {
    const maps = await netMaps(net, image, { type: 'block', block });
    if (maps.block === null) throw new Error('no block');
    expect(ratio).toBeCloseTo(norm(maps.block.branch) / norm(maps.block.input), 3);
    expect(silent).toBeCloseTo(maps.output.values.filter((y) => y === 0).length / maps.output.values.length, 5);
  }
  const logits = net.logits(image);
  const bias = await net.weights.parameters.get('head.dense.bias', 1).data();
  const mean = (evidence?.values.reduce((sum, each) => sum + each, 0) ?? Number.NaN) / 4;
  expect(evidence?.shape).toEqual([2, 2, 1]);
  expect(mean + (bias[label] ?? 0)).toBeCloseTo((await logits.data())[label] ?? Number.NaN, 4);
  logits.dispose();
  expect(memory().numTensors).toBe(before);
});
