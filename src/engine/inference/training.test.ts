import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Recipe } from '../../core/experiment/recipe.ts';
import { makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from '../../core/net/zoo.ts';
import { raceData } from '../../data/batches/race-data.ts';
import { syntheticDataset } from '../../testing/data/synthetic.ts';
import { ROOMY, runRounds, tellAll, tinyData, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { Race } from '../training/race.ts';

/** Two of them drop numbers at random. */
const NETS = [
  makeVgg(16, { width: 2 }),
  makeAlexNet({ width: 2 }),
  makeGoogLeNet({ width: 2, form: 'pytorch' }),
  makeImageNetNet('residual', 18, { width: 2 }),
];

beforeAll(async () => {
  await startDevice('wasm');
});

test.each(NETS)('$design: the same experiment has the same curve, to the last bit, and leaves nothing', async (net) => {
  const before = memory().numTensors;
  const [first, second] = [await tellAll(tinyExperiment([net]), 5), await tellAll(tinyExperiment([net]), 5)];
  expect(second).toEqual(first);
  expect(first.points[0]?.losses.every(Number.isFinite)).toBe(true);
  expect(memory().numTensors).toBe(before);
});

describe('what is dropped', () => {
  const [vgg] = NETS;

  test('is the same again where a race goes on from a snapshot', async () => {
    const race = tinyRace(tinyExperiment([vgg].filter((net) => net !== undefined)));
    await runRounds(race, 3);
    const snapshot = await race.snapshot();
    const expected = await runRounds(race, 4);
    const again = new Race(race.experiment, tinyData(), ROOMY, snapshot);
    race.dispose();
    expect(await runRounds(again, 4)).toEqual(expected);
    again.dispose();
  });

  test('differs from step to step: the same images cost something else, though nothing is learnt', async () => {
    const still: Partial<Recipe> = {
      learningRate: 1e-12,
      momentum: 0,
      weightDecay: 0,
      augment: false,
      mean: 'channel',
    };
    const batch = 30;
    const experiment = tinyExperiment([makeVgg(16, { width: 8 })], { ...still, batch });
    // One image over and over, since each step draws the others in another order.
    const { train, ...rest } = syntheticDataset([0]);
    const copies = Array.from({ length: batch }, () => [...train.images]).flat();
    const alike = { images: Uint8Array.from(copies), labels: new Uint8Array(batch) };
    const race = new Race(experiment, raceData({ ...rest, train: alike }, experiment.recipe), ROOMY);
    const { points } = await runRounds(race, 4);
    race.dispose();
    expect(new Set(points[0]?.losses.map((loss) => loss.toFixed(4))).size).toBeGreaterThan(1);
  });
});
