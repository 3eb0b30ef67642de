import { expect, test } from 'vitest';
import { bandPath } from './path-cache.ts';

// Five steps, of which the second and the third fall on one pixel.
const buckets = { starts: Int32Array.from([1, 2, 4, 5, 6]), xs: Float64Array.from([10, 20, 30, 40]) };
const y = (value: number) => 100 - value;

test('goes along the highest and back along the lowest', () => {
  expect(
    bandPath(
      buckets,
      y,
      [
        [1, 2, 3, 4, 5],
        [2, 2, 1, 4, 7],
      ],
      5,
    ),
  ).toBe('M10 98L20 97L30 96L40 93L40 95L30 96L20 99L10 99Z');
});

test('ends where the columns are filled, or one is no number any more', () => {
  expect(
    bandPath(
      buckets,
      y,
      [
        [1, 2, 3],
        [2, 3, 4],
      ],
      2,
    ),
  ).toBe('M10 98L20 97L20 98L10 99Z');
  expect(
    bandPath(
      buckets,
      y,
      [
        [1, Number.NaN, Number.NaN],
        [2, 3, 4],
      ],
      3,
    ),
  ).toBe('M10 98L10 99Z');
  expect(bandPath(buckets, y, [[], []], 0)).toBe('');
});

test('begins where all have a number', () => {
  const late = [Number.NaN, 2, 3, 4, 5];
  expect(bandPath(buckets, y, [late, late], 5)).toBe('M20 97L30 96L40 95L40 95L30 96L20 97Z');
});
