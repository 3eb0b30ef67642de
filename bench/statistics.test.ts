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
  // By weights of 1/9, 1/36 and 1/49, as numpy's lstsq has it.
  expect(fitLine([line(0), [1, 6], line(2)])).toMatchObject({
    slope: expect.closeTo(2.1980198, 6),
    start: expect.closeTo(3.0891089, 6),
    deviation: expect.closeTo(0.1348315, 6),
  });
});

test('numbers are cut to their significant digits', () => {
  expect([rounded(1234.56), rounded(0.00123456), rounded(2)]).toEqual([1235, 0.001235, 2]);
});
