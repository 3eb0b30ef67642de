import { expect, it } from 'vitest';
import { spreadOf } from './spread.ts';

it('gives the mean, the extremes and the deviation of the sample', () => {
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
    count: 8,
    mean: 5,
    low: 2,
    high: 9,
    deviation: Math.sqrt(32 / 7),
  });
});

it('has no deviation for one seed, and nothing for none', () => {
  expect(spreadOf([3])).toEqual({ count: 1, mean: 3, low: 3, high: 3, deviation: Number.NaN });
  expect(spreadOf([])).toBeNull();
});

it('has no mean where one seed is missing', () => {
  expect(spreadOf([3, null])).toBeNull();
  expect(spreadOf([3, Number.NaN])).toBeNull();
});
