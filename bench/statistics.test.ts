import { expect, test } from 'vitest';
import { fitLine, median, rounded } from './statistics.ts';

test('the median is the middle one, or between the two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
});

test('a line is found, and how far a point is from it', () => {
  const line = (x: number) => [x, 3 + 2 * x] as const;
  expect(fitLine([1, 2, 5].map(line))).toMatchObject({ deviation: expect.closeTo(0) });
  const { slope, start } = fitLine([1, 2, 5].map(line));
  expect([slope, start]).toEqual([expect.closeTo(2), expect.closeTo(3)]);
  expect(fitLine([line(0), [1, 6], line(2)]).deviation).toBeCloseTo(2 / 3 / (16 / 3), 5);
});

test('numbers are cut to their significant digits', () => {
  expect([rounded(1234.56), rounded(0.00123456), rounded(2)]).toEqual([1235, 0.001235, 2]);
});
