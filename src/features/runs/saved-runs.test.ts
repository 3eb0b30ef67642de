import { expect, test } from 'vitest';
import { PRESETS } from '../../core/experiment/presets.ts';
import type { SavedRun } from '../../core/results/run.ts';
import { runsCsv } from './saved-runs.ts';

test('has a row a step of each net of each run, and the test error where it was measured', () => {
  const run = (seed: number, errors: readonly number[]): SavedRun => ({
    id: String(seed),
    name: null,
    startedAt: 0,
    experiment: { ...PRESETS.twins, recipe: { ...PRESETS.twins.recipe, seed } },
    device: null,
    step: errors.length,
    curves: ['plain-20', 'ResNet-20'].map((lane) => ({
      lane,
      errors: Float32Array.from(errors),
      losses: Float32Array.from(errors, (error) => error / 64),
      tests: lane === 'plain-20' ? [{ lane, step: 2, error: 55.5 }] : [],
      divergedAt: null,
    })),
  });
  const runs = [
    { run: run(1, [75, 50]), name: 'one, or so' },
    { run: run(2, [25, Number.NaN]), name: 'two' },
  ];
  expect(runsCsv(runs).trimEnd().split('\n')).toEqual([
    'run,seed,net,step,training error %,loss,test error %',
    '"one, or so",1,plain-20,1,75,1.171875,',
    '"one, or so",1,plain-20,2,50,0.78125,55.5',
    '"one, or so",1,ResNet-20,1,75,1.171875,',
    '"one, or so",1,ResNet-20,2,50,0.78125,',
    'two,2,plain-20,1,25,0.390625,',
    'two,2,plain-20,2,,,55.5',
    'two,2,ResNet-20,1,25,0.390625,',
    'two,2,ResNet-20,2,,,',
  ]);
});
