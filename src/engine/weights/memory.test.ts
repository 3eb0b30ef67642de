import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_ORDERS, type BlockChoices } from '../../core/net/choices.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { inferenceBytes, stateSize, trainingBytes } from '../../core/net/memory.ts';
import { makeNet, type NetSpec } from '../../core/net/net.ts';
import { sizeOf } from '../../core/net/node.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { goldenBatch } from '../../testing/engine/golden.ts';
import { peakBytes } from '../../testing/engine/peak-meter.ts';
import { PLAIN, RESIDUAL, runRounds, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { FrozenNet } from '../inference/frozen-net.ts';
import { disposeBatch } from '../training/device-batch.ts';
import { Model } from '../training/model.ts';

const [SIZE, CLASSES] = [8, 4];
const RATES = { rate: 0.03, momentum: 0.9, decay: 1e-4 };

beforeAll(async () => {
  await startDevice('wasm');
});

/** The most bytes that tfjs holds for a net and its batch in a training step that is not the first. */
function measured(net: NetSpec, batch: number, size = SIZE): number {
  const before = memory().numBytes;
  const model = new Model(net, size, CLASSES, 1);
  const images = goldenBatch({ size, classes: CLASSES, batch });
  const step = () => model.step(images, RATES).dispose();
  step();
  const peak = peakBytes(step) - before;
  disposeBatch(images);
  model.dispose();
  return peak;
}

describe('the most bytes of a step are foretold within 15%,', () => {
  const shapes = [
    { block: 'basic', depth: 8 },
    { block: 'basic', depth: 20 },
    { block: 'basic', depth: 32 },
    { block: 'bottleneck', depth: 11 },
    { block: 'bottleneck', depth: 29 },
  ] as const;
  test.each(
    shapes.flatMap((shape) =>
      (['plain', 'residual'] as const).flatMap((family) =>
        (['A', 'B', 'C'] as const).map((option) => ({ ...shape, family, option })),
      ),
    ),
  )('$family $block $depth, option $option', ({ family, depth, block, option }) => {
    for (const batch of [1, 64]) {
      const net = makeNet(family, depth, { block, option });
      const foretold = trainingBytes(buildGraph(net, SIZE, CLASSES), batch, (each) => net.gains[each - 1] === 0);
      const share = foretold / measured(net, batch);
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(1.15);
    }
  });
});

// Small images are not pooled behind the first convolution; at 64 pixels every pool, norm and concatenation counts.
test.each(
  [
    makeVgg(19, { width: 8 }),
    makeVgg(16, { width: 8, norm: true }),
    makeAlexNet({ width: 8 }),
    makeAlexNet({ width: 8, form: 'pytorch' }),
    makeGoogLeNet({ width: 8 }),
    makeGoogLeNet({ width: 8, form: 'pytorch' }),
    makeImageNetNet('residual', 34, { width: 8 }),
    makeImageNetNet('residual', 50, { width: 8, form: 'pytorch' }),
  ].flatMap((net) => [SIZE, 64].map((size) => ({ net, size, design: net.design, depth: net.depth }))),
)('so are those of the ImageNet nets: $design $depth, $size pixels', ({ net, size }) => {
  for (const batch of [1, 32]) {
    const share = trainingBytes(buildGraph(net, size, CLASSES), batch) / measured(net, batch, size);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(1.15);
  }
});

test.each([
  makeVgg(19, { width: 8 }),
  makeAlexNet({ width: 8 }),
  makeGoogLeNet({ width: 8, form: 'pytorch' }),
  makeImageNetNet('residual', 34, { width: 8 }),
  makeImageNetNet('residual', 50, { width: 8 }),
])('so are those of a net that is only run: $design $depth', async (net) => {
  const [size, batch] = [64, 4];
  const graph = buildGraph(net, size, CLASSES);
  const before = memory().numBytes;
  const frozen = await FrozenNet.load(graph, net.gains, {
    parameter: ({ shape }) => new Float32Array(sizeOf(shape)).fill(0.01),
    statistics: (_, channels) => new Float32Array(2 * channels).fill(1),
  });
  const images = goldenBatch({ size, classes: CLASSES, batch });
  const share = inferenceBytes(graph, batch) / (peakBytes(() => frozen.logits(images.images).dispose()) - before);
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1.15);
  disposeBatch(images);
  frozen.dispose();
});

test.each<BlockChoices>([
  ...BLOCK_ORDERS.map((order) => ({ order })),
  { norm: { type: 'none' } },
  { norm: { type: 'none' }, order: 'pre-activation' },
  { slope: 0.5 },
  { span: 1 },
  { shortcut: { type: 'scalar', start: 0 } },
  { shortcut: { type: 'highway', bias: -2 } },
  { norm: { type: 'group', groups: 4 } },
  { drop: 0.5 },
  { rep: true },
  { shortcut: { type: 'concat' } },
  { shortcut: { type: 'dense', growth: 4 } },
])('the most bytes of a step are foretold within 15%%, with %o', (choices) => {
  for (const option of ['A', 'B'] as const) {
    const net = makeNet('residual', 20, { option, choices });
    const share = trainingBytes(buildGraph(net, SIZE, CLASSES), 64) / measured(net, 64);
    expect(share).toBeGreaterThan(0.85);
    expect(share).toBeLessThan(1.15);
  }
});

test('lanes share the batch and the room for activations: one more adds what it keeps, and nothing else', async () => {
  const peakOf = async (nets: readonly NetSpec[]) => {
    const race = tinyRace(tinyExperiment(nets, { batch: 30 }));
    await runRounds(race, 1);
    const before = memory().numBytes;
    const peak = peakBytes(() => race.round());
    await race.report();
    race.dispose();
    return { peak, before };
  };
  const one = await peakOf([PLAIN]);
  const three = await peakOf([PLAIN, PLAIN, PLAIN]);
  const kept = 4 * stateSize(buildGraph(PLAIN, SIZE, CLASSES));
  expect((three.before - one.before) / (2 * kept)).toBeCloseTo(1, 1);
  // Each leaves [loss, share of wrong answers] to be read.
  const metrics = 8;
  expect(three.peak - one.peak).toBeLessThanOrEqual(three.before - one.before + 2 * metrics);
});

test('it is flat over 2,000 rounds', async () => {
  const race = tinyRace(tinyExperiment([RESIDUAL]));
  const held: { readonly tensors: number; readonly bytes: number }[] = [];
  for (let round = 0; round < 2000; round += 100) {
    await runRounds(race, 100);
    const { numTensors, numBytes } = memory();
    held.push({ tensors: numTensors, bytes: numBytes });
  }
  expect(new Set(held.map(({ tensors }) => tensors)).size).toBe(1);
  expect(new Set(held.map(({ bytes }) => bytes)).size).toBe(1);
  race.dispose();
});
