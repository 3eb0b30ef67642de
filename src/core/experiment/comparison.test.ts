import { expect, test } from 'vitest';
import type { SavedRun } from '../results/run.ts';
import { areRepeats, byRepeats, oneEachSeed, reachOf } from './comparison.ts';
import { PRESETS } from './presets.ts';

const { twins } = PRESETS;
const run = (seed: number, step: number, learningRate = twins.recipe.learningRate): SavedRun => {
  const experiment = { ...twins, recipe: { ...twins.recipe, seed, learningRate } };
  const curve = { lane: 'plain-20', errors: new Float32Array(step), losses: new Float32Array(step), tests: [] };
  return {
    id: `${seed}/${step}`,
    name: null,
    startedAt: 0,
    experiment,
    device: null,
    step,
    curves: [{ ...curve, divergedAt: null }],
  };
};

test('repeats are equal but for their seed and their end, whatever the order of their fields', () => {
  const { data, recipe, lanes, surgery, until } = twins;
  const { seed, ...rest } = recipe;
  expect(areRepeats(twins, { until: until + 1, surgery, lanes, recipe: { seed: seed + 1, ...rest }, data })).toBe(true);
  const cut = { step: 9, lane: 'ResNet-20', block: 1, gain: 0 };
  expect(areRepeats(twins, { ...twins, surgery: [cut] })).toBe(false);
  expect(areRepeats(twins, { ...twins, recipe: { ...recipe, batch: 3 } })).toBe(false);
  expect(areRepeats(twins, { ...twins, lanes: lanes.slice(1) })).toBe(false);
});

test('of each seed the longest run counts', () => {
  expect(oneEachSeed([run(2, 9), run(1, 5), run(2, 20), run(1, 4)]).map(({ id }) => id)).toEqual(['1/5', '2/20']);
});

test('runs are gathered by what they repeat', () => {
  const groups = byRepeats([run(1, 9), run(1, 8, 0.5), run(2, 9), run(3, 7)]);
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['1/9', '2/9', '3/7'], ['1/8']]);
});

test('a race of nets that have all diverged will not come further', () => {
  expect(reachOf({ step: 9, curves: [{ divergedAt: 9 }, { divergedAt: null }] })).toBe(9);
  expect(reachOf({ step: 9, curves: [{ divergedAt: 9 }] })).toBe(Number.POSITIVE_INFINITY);
  expect(reachOf({ step: 0, curves: [] })).toBe(0);
});
