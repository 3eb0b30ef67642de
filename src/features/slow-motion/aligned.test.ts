import { expect, test } from 'vitest';
import { alignedTexts } from './aligned.ts';

test('U10: the numbers of a column have equally many decimals', () => {
  expect(alignedTexts([2, 0.71, 0.94, 1])).toEqual(['2.00', '0.71', '0.94', '1.00']);
  expect(alignedTexts([0.0061, null, 0.02])).toEqual(['0.0061', '', '0.0200']);
  expect(alignedTexts([31, 412])).toEqual(['31', '412']);
});

test('numbers too far apart for that are written each for itself', () => {
  expect(alignedTexts([0.00002, 5])).toEqual(['2.0·10⁻⁵', '5']);
  expect(alignedTexts([Number.NaN, 5])).toEqual(['–', '5']);
  expect(alignedTexts([])).toEqual([]);
});
