import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { DEFAULT_RECIPE } from '../../core/experiment/recipe.ts';
import type { RaceReport } from '../../core/results/report.ts';
import { raceData } from '../../data/batches/race-data.ts';
import { labelledPictures } from '../../data/summary.ts';
import { syntheticDataset } from '../../testing/data/synthetic.ts';
import { PLAIN, RESIDUAL, tellAll, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { type Control, train } from './train.ts';

const ROUNDS = 30;
/** A shortcut is cut in the middle, so that running statistics do not fit for a while. */
const CUT = {
  ...tinyExperiment([PLAIN, RESIDUAL]),
  surgery: [{ step: 26, lane: 'ResNet-8', block: 1, gain: 0 }],
};

beforeAll(async () => {
  await startDevice('wasm');
});
afterEach(() => {
  vi.useRealTimers();
});

function columnOf(reports: readonly RaceReport[], lane: string, column: 'losses' | 'errors'): readonly number[] {
  return reports.flatMap(({ points }) => points.flatMap((each) => (each.lane === lane ? each[column] : [])));
}

describe('answers to pictures of the batch', () => {
  test('leave curves, tests and predictions the same to the last bit, and no tensors behind', async () => {
    const race = tinyRace(CUT);
    const reports: RaceReport[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      race.round();
      race.answerBatch('last');
      reports.push(await race.report());
    }
    const { numTensors } = memory();
    race.answerBatch(3);
    await race.report();
    expect(memory().numTensors).toBe(numTensors);
    race.dispose();

    const undisturbed = await tellAll(CUT, ROUNDS);
    for (const { lane, losses, errors } of undisturbed.points) {
      expect(columnOf(reports, lane, 'losses')).toEqual(losses);
      expect(columnOf(reports, lane, 'errors')).toEqual(errors);
    }
    expect(reports.flatMap(({ tests }) => tests)).toEqual(undisturbed.tests);
    expect(reports.flatMap(({ predictions }) => predictions)).toEqual(undisturbed.predictions);
  });

  test('are probabilities for the first pictures of a batch', async () => {
    const race = tinyRace(CUT);
    for (const [rounds, asked, step] of [
      [0, 'last', 0],
      [3, 'last', 2],
      [1, 1, 1],
    ] as const) {
      for (let round = 0; round < rounds; round++) race.round();
      race.answerBatch(asked);
      const { batch } = await race.report();
      expect(batch?.step).toBe(step);
      expect([...(batch?.answers.keys() ?? [])]).toEqual(['plain-8', 'ResNet-8']);
      for (const rows of batch?.answers.values() ?? []) {
        expect(rows).toHaveLength(8);
        for (const row of rows) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      }
    }
    expect((await race.report()).batch).toBeUndefined();
    race.dispose();
  });

  test('come at the end, and before that at most twice a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const race = tinyRace(CUT);
    const control: Control = { until: 22, paused: false, maxRoundsPerSecond: 10, batch: 'last' };
    const answered: number[] = [];
    let ended = false;
    const training = (async () => {
      for await (const { race: report } of train(race, control)) if (report.batch) answered.push(report.step);
      ended = true;
    })();
    while (!ended) await vi.advanceTimersByTimeAsync(10);
    await training;
    expect(answered.at(-1)).toBe(22);
    for (const [index, step] of answered.slice(1, -1).entries()) {
      expect(step - (answered[index] ?? 0)).toBeGreaterThanOrEqual(5);
    }
    expect(answered.length).toBeGreaterThan(3);
    race.dispose();
  });

  test('are told with the pictures of the training set that the batch is made of', () => {
    const labels = Array.from({ length: 30 }, (_, image) => (image * 7) % 3);
    const dataset = syntheticDataset(labels);
    const data = raceData(dataset, { ...DEFAULT_RECIPE, batch: 8 });
    for (const step of [0, 2, 5]) {
      const shown = labelledPictures(dataset, 'train', data.batchImages(step, 5));
      expect(shown.map(({ label }) => label)).toEqual([...data.batch(step).labels.subarray(0, 5)]);
    }
  });
});
