import { memory, softmax, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { Picture } from '../../core/data/images.ts';
import { PLAIN, RESIDUAL, runRounds, tinyData, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { disposeBatch, upload } from './device-batch.ts';
import { Model } from './model.ts';

const DATA = tinyData();
const PICTURE: Picture = {
  name: 'stripes',
  size: 32,
  rgb: Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => (at % 96) * 2),
};

beforeAll(async () => {
  await startDevice('wasm');
});

test('an image is told by every lane, and nothing changes by it', async () => {
  const race = tinyRace(tinyExperiment([PLAIN]));
  await runRounds(race, 2);
  const before = await race.weights('plain-8');
  const { answers, seen } = await race.classify(PICTURE);
  const probabilities = answers.get('plain-8') ?? [];
  expect(probabilities).toHaveLength(3);
  expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
  expect([seen.size, seen.rgb]).toEqual([DATA.size, DATA.prepared(PICTURE).seen.rgb]);
  const tensors = memory().numTensors;
  await race.classify(PICTURE);
  expect(memory().numTensors).toBe(tensors);
  expect(await race.weights('plain-8')).toEqual(before);
  race.dispose();
});

/** The lane's probabilities with these gains, with its running statistics recalibrated or not. */
async function said(gains: readonly number[], measuredAnew: boolean): Promise<readonly number[]> {
  const race = tinyRace(tinyExperiment([RESIDUAL]));
  await runRounds(race, 30);
  const { values, steps } = (await race.snapshot()).get('ResNet-8') ?? { values: new Map(), steps: 0 };
  race.dispose();
  const model = new Model({ ...RESIDUAL, gains }, DATA.size, DATA.classes, 1);
  model.restore(values);
  if (measuredAnew) {
    const batches = Array.from({ length: 8 }, (_, nth) => upload(DATA.batch(steps + nth), DATA.size, DATA.classes));
    model.recalibrate(batches.map(({ images }) => images));
    batches.forEach(disposeBatch);
  }
  const probabilities = tidy(() => {
    const image = tensor4d(DATA.prepared(PICTURE).values, [1, DATA.size, DATA.size, 3]);
    return softmax(model.logits(image, 'running'));
  });
  model.dispose();
  const read = [...(await probabilities.data())];
  probabilities.dispose();
  return read;
}

test('right after a cut the answer is that of recalibrated statistics, and the race goes on unchanged', async () => {
  const before = memory().numTensors;
  const [asked, left] = [tinyRace(tinyExperiment([RESIDUAL])), tinyRace(tinyExperiment([RESIDUAL]))];
  for (const race of [asked, left]) await runRounds(race, 30);
  const answer = async () => (await asked.classify(PICTURE)).answers.get('ResNet-8') ?? [];
  const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4));

  const whole = await answer();
  expect(whole).toEqual(close(await said([1, 1, 1], false)));
  const cut = [{ block: 1, gain: 0 }];
  for (const race of [asked, left]) race.setGains('ResNet-8', cut);
  const recalibrated = await answer();
  expect(recalibrated).toEqual(close(await said([0, 1, 1], true)));
  expect(recalibrated).not.toEqual(close(await said([0, 1, 1], false)));
  // Mended before the next step, it is what it was.
  asked.setGains('ResNet-8', [{ block: 1, gain: 1 }]);
  expect(await answer()).toEqual(whole);
  asked.setGains('ResNet-8', cut);

  const reports = await Promise.all([runRounds(asked, 1), runRounds(left, 1)]);
  expect(reports[0]).toEqual(reports[1]);
  // Its statistics have followed one batch of the cut net only.
  expect(await answer()).not.toEqual(recalibrated);
  const snapshots = await Promise.all([asked.snapshot(), left.snapshot()]);
  expect(snapshots[0]).toEqual(snapshots[1]);
  for (const race of [asked, left]) race.dispose();
  expect(memory().numTensors).toBe(before);
});
