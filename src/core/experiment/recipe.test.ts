import { expect, test } from 'vitest';
import { differences } from './comparison.ts';
import { parseExperiment } from './parse/parse.ts';
import { withoutDefaults } from './parse/without-defaults.ts';
import { DEFAULT_RECIPE, rateAt } from './recipe.ts';

test('a recipe that does not say of what the mean is has the mean image, as all had before', () => {
  const experiment = parseExperiment({ lanes: [], recipe: { seed: 3 } });
  expect(experiment.recipe.mean).toBe('pixel');
  expect(JSON.stringify(withoutDefaults(experiment))).not.toContain('mean');
  const channel = parseExperiment({ lanes: [], recipe: { seed: 3, mean: 'channel' } });
  expect(withoutDefaults(channel)).toMatchObject({ recipe: { seed: 3, mean: 'channel' } });
  expect(differences(experiment, channel)).toEqual(['mean']);
  expect(() => parseExperiment({ lanes: [], recipe: { mean: 'image' } })).toThrow(
    'experiment.recipe.mean: "image" is not one of pixel, channel',
  );
});

test('the rate is the same at every step where the recipe has neither warm-up nor drops', () => {
  for (const step of [0, 1, 1e6]) expect(rateAt(DEFAULT_RECIPE, step)).toBe(DEFAULT_RECIPE.learningRate);
});

test("the rate warms up and drops as in the paper's ResNet-110", () => {
  const recipe = {
    ...DEFAULT_RECIPE,
    learningRate: 0.1,
    warmUp: { steps: 400, rate: 0.01 },
    drops: [
      { step: 32_000, by: 10 },
      { step: 48_000, by: 10 },
    ],
  };
  const rates = [0, 399, 400, 31_999, 32_000, 47_999, 48_000, 63_999].map((step) => rateAt(recipe, step));
  const expected = [0.01, 0.01, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001];
  rates.forEach((rate, index) => {
    expect(rate).toBeCloseTo(expected[index] ?? Number.NaN, 12);
  });
});

test('drops count by their steps, in whatever order they are listed', () => {
  const drops = [
    { step: 20, by: 5 },
    { step: 10, by: 2 },
  ];
  const recipe = { ...DEFAULT_RECIPE, learningRate: 1, drops };
  expect([9, 10, 19, 20].map((step) => rateAt(recipe, step))).toEqual([1, 0.5, 0.5, 0.1]);
});
