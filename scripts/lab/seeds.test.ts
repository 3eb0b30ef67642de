import { expect, test } from 'vitest';
import { meanOverSeeds, seedsAt, spreadOf } from '../../src/charts/series/seeds.ts';
import { PRESETS } from '../../src/core/experiment/presets.ts';
import { parseRunFile } from '../../src/core/results/run-file.ts';
import { seedRaceOf } from '../../src/features/race/curves/past-races.ts';
import type { Outcome } from './jobs.ts';
import { Recorder } from './record.ts';
import { summary } from './table.ts';

const { tiny } = PRESETS;
const lanes = tiny.lanes.map(({ name }) => name);
const ERRORS = [
  [80.1, 62.3, 41.7],
  [90.4, 55.2, 44.1],
  [70.9, 61.8, 39.2],
];

/** What the terminal makes of a race that reports these errors, of each net one step more than of the one before it. */
function outcome(seed: number, errors: readonly number[]): Outcome {
  const recorder = new Recorder(lanes);
  const points = lanes.map((lane, index) => {
    const own = [...errors, ...Array<number>(index).fill(30 + seed)];
    return { lane, from: 0, errors: own, losses: own.map((error) => error / 40) };
  });
  const tests = lanes.map((lane, index) => ({ lane, step: 3, error: (errors[0] ?? 0) - index }));
  recorder.report({ step: 3, points, tests, predictions: [], diverged: [] });
  const run = { seed, lanes: recorder.finish(), insight: { lesions: [], random: [], probes: [] } };
  return {
    type: 'done',
    device: { backend: 'wasm', adapter: '1 thread', passedOver: [] },
    majority: 70,
    images: { training: 1000, test: 500 },
    run,
  };
}

test('the page makes the same means of what the terminal wrote as its table shows', () => {
  const outcomes = ERRORS.map((errors, index) => outcome(index + 1, errors));
  const rows = summary(tiny, outcomes)
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  const tested = rows.slice(rows.findIndex(([title]) => title === 'test error'));
  const { device } = outcomes[0] ?? { device: null };
  const json = JSON.stringify({ device, experiment: tiny, majority: 70, runs: outcomes.map(({ run }) => run) });
  let ids = 0;
  const runs = parseRunFile(json, 'lab.json', 0, () => `id${ids++}`);
  const means = meanOverSeeds(runs.map(seedRaceOf));
  expect(means.map(({ name }) => name)).toEqual(lanes);
  for (const { name, tests } of means) {
    const [, mean] = tested.find(([net]) => net === name) ?? [];
    expect(tests.map(({ step, error }) => [step, error.toFixed(1)])).toEqual([[3, mean]]);
  }
  const [first] = means.map((each) => seedsAt(each, 1, 2));
  expect(first).toEqual(spreadOf(ERRORS.map(([, error = 0]) => Math.fround(error))));
});
