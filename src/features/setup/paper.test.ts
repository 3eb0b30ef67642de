import { expect, test } from 'vitest';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { PAPER_DEPTHS, PRESETS, paperExperiment } from '../../core/experiment/presets.ts';
import { rateAt } from '../../core/experiment/recipe.ts';
import '../../language/speak-english.ts';
import { sayDuration } from './StepPrice.tsx';

test('a duration is said in the unit that people would take', () => {
  expect([20, 70, 3000, 6000, 40_000, 100_000, 1_000_000].map(sayDuration)).toEqual([
    '1 minute',
    '1 minute',
    '50 minutes',
    '2 hours',
    '11 hours',
    '28 hours',
    '12 days',
  ]);
});

test('the paper’s experiments can be run, and have its rates', () => {
  for (const depth of PAPER_DEPTHS) {
    const experiment = paperExperiment(depth, PRESETS.twins.data, 1);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  }
  const { recipe } = paperExperiment(110, PRESETS.twins.data, 1);
  const rates = [0, 399, 400, 32_000, 48_000].map((step) => rateAt(recipe, step));
  for (const [index, rate] of [0.01, 0.01, 0.1, 0.01, 0.001].entries()) expect(rates[index]).toBeCloseTo(rate, 9);
});
