import { expect, test } from 'vitest';
import { meanOverSeeds } from '../../../charts/series/seeds.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import type { Recipe } from '../../../core/experiment/recipe.ts';
import type { SavedRun } from '../../../core/results/run.ts';
import { haveMeans, pastRaces, seedRaceOf, withRepeats } from './past-races.ts';

const { twins } = PRESETS;
const [first] = twins.lanes.map(({ name }) => name);

function run(recipe: Partial<Recipe>, errors: readonly number[], more: Partial<SavedRun> = {}): SavedRun {
  const experiment = { ...twins, recipe: { ...twins.recipe, ...recipe } };
  const column = Float32Array.from(errors);
  const curve = { lane: first ?? '', errors: column, losses: column, tests: [], divergedAt: null };
  const id = `${experiment.recipe.seed}/${experiment.recipe.learningRate}/${errors.length}`;
  return { id, name: null, startedAt: 0, experiment, device: null, step: errors.length, curves: [curve], ...more };
}

test('runs behind the live race have a letter and are named by how they differ from it', () => {
  const runs = [run({ learningRate: 0.1 }, [80]), run({ seed: 9 }, [70]), run({ batch: 8 }, [60], { name: 'small' })];
  const races = pastRaces(runs, twins);
  expect(races.map(({ tag, name }) => `${tag} ${name}`)).toEqual([
    'A learning rate 0.03 → 0.1',
    'B seed 1 → 9',
    'C small',
  ]);
  expect(races[0]?.series).toMatchObject([{ name: `A ${first}`, past: true, steps: 1 }]);
});

test('those that differ in their seeds alone are one, with their mean', () => {
  const fast = { learningRate: 0.1 };
  const runs = [
    run({ ...fast, seed: 2 }, [60]),
    run({ seed: 9 }, [70]),
    run(fast, [80]),
    run({ ...fast, seed: 2 }, []),
  ];
  const races = pastRaces(runs, twins);
  expect(races.map(({ name }) => name)).toEqual(['learning rate 0.03 → 0.1, 2 seeds', 'seed 1 → 9']);
  expect(races[0]?.series[0]?.errors[0]).toBe(70);
});

test('a live race at its beginning does not take the place of a run with its seed', () => {
  const live = (step: number) => seedRaceOf(run({ seed: 1 }, Array<number>(step).fill(10)));
  const kept = [run({ seed: 1 }, [80, 80]), run({ seed: 2 }, [60, 60])];
  const mean = (step: number) => meanOverSeeds(withRepeats(live(step), 1, kept))[0]?.errors[0];
  expect([mean(0), mean(1), mean(2)]).toEqual([70, 70, 35]);
});

test('there are means as soon as two seeds have made a step', () => {
  const [none, one, other] = [run({ seed: 2 }, []), run({ seed: 1 }, [80]), run({ seed: 2 }, [60])];
  for (const begun of [false, true]) {
    for (const kept of [[], [none], [one], [other], [one, none], [one, other]]) {
      const live = seedRaceOf(run({ seed: 1 }, begun ? [10] : []));
      expect(haveMeans(begun, 1, kept)).toBe(meanOverSeeds(withRepeats(live, 1, kept)).length > 0);
    }
  }
});
