import { expect, test } from 'vitest';
import { parseExperiment } from './parse/parse.ts';
import { PAPER_DEPTHS, PRESETS, paperExperiment } from './presets.ts';
import { rateAt } from './recipe.ts';

test('the paper’s experiments can be run, and have its rates', () => {
  for (const depth of PAPER_DEPTHS) {
    const experiment = paperExperiment(depth, PRESETS.twins.data, 1);
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  }
  const { recipe } = paperExperiment(110, PRESETS.twins.data, 1);
  const rates = [0, 399, 400, 32_000, 48_000].map((step) => rateAt(recipe, step));
  for (const [index, rate] of [0.01, 0.01, 0.1, 0.01, 0.001].entries()) expect(rates[index]).toBeCloseTo(rate, 9);
});
