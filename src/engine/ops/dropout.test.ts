import { memory, ones, type Rank, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { GraphBuilder } from '../../core/net/graphs/builder.ts';
import { Random, streamStart } from '../../data/batches/random.ts';
import { goldenBatch } from '../../testing/engine/golden.ts';
import { startDevice } from '../device/device.ts';
import { compile } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { disposeBatch } from '../training/device-batch.ts';
import { Draws } from '../training/draws.ts';
import { Weights } from '../weights/weights.ts';
import { dropout, halves } from './dropout.ts';

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await startDevice(backend);
  });

  test.each([0, 0.3, 0.5, 0.9])(
    'at a rate of %d it drops what the stream says, and scales the others',
    async (rate) => {
      const seed = tensor1d([...halves(streamStart('1/layer/2'))]);
      const shape: [number, number] = [67, 131];
      const x = ones<Rank.R2>(shape);
      const y = dropout(x, seed, rate);
      const random = new Random('1/layer/2');
      const expected = Float32Array.from({ length: y.size }, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
      expect(await y.data()).toEqual(expected);
      for (const each of [seed, x, y]) each.dispose();
    },
  );

  test('a branch is dropped or kept as a whole in training, and counts its mean in evaluation', async () => {
    const builder = new GraphBuilder();
    const input = builder.input(4);
    builder.block = 1;
    builder.add('sum', builder.drop('drop', input, 0.25), input);
    const program = compile(builder.graph);
    const weights = new Weights(builder.graph, program, [1], 1);
    const batch = goldenBatch({ size: 4, classes: 2, batch: 2 });
    const images = await batch.images.data();
    const draws = new Draws(program, 7);
    const before = memory().numTensors;
    const factors: number[] = [];
    for (let step = 0; step <= 200; step++) {
      draws.draw(step);
      const trace = forward(program, weights, batch.images, 'batch', false, step < 200 ? { draws: draws.tensors } : {});
      const [first = Number.NaN] = await trace.values.get('sum', 4).data();
      factors.push(first / (images[0] ?? Number.NaN));
      trace.values.dispose();
    }
    expect(factors.pop()).toBeCloseTo(0.75 + 1);
    expect(new Set(factors.map((factor) => Math.round(factor)))).toEqual(new Set([1, 2]));
    expect(factors.filter((factor) => factor > 1.5).length / 200).toBeCloseTo(0.75, 1);
    expect(memory().numTensors).toBe(before + 1);
    for (const each of [draws, weights]) each.dispose();
    disposeBatch(batch);
  });
});
