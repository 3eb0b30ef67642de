import { describe, expect, it } from 'vitest';
import { runningMean } from './running-mean.ts';

const slow = (values: readonly number[], window: number) =>
  values.map((_, i) => {
    const part = values.slice(Math.max(0, i - window + 1), i + 1);
    return part.reduce((a, b) => a + b) / part.length;
  });

describe('runningMean', () => {
  it('is the mean of what is there at the start', () => {
    expect([...runningMean([4, 8, 0, 4], 4, 3)]).toEqual([4, 6, 4, 4]);
  });
  it('is the values themselves with a window of 1', () => {
    expect([...runningMean([3, 1, 2], 3, 1)]).toEqual([3, 1, 2]);
  });
  it('agrees with the definition', () => {
    const values = Array.from({ length: 500 }, (_, i) => 50 + 40 * Math.sin(i * 1.7));
    for (const window of [1, 10, 30, 100, 1000]) {
      const want = slow(values, window);
      runningMean(values, values.length, window).forEach((mean, i) => {
        expect(mean).toBeCloseTo(want[i] ?? Number.NaN, 9);
      });
    }
  });
  it('reads no further than the length, also in a longer buffer', () => {
    expect([...runningMean(new Float32Array([2, 4, 99]), 2, 10)]).toEqual([2, 3]);
  });
  it('leaves out what is not a number and recovers after it', () => {
    expect([...runningMean([1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5], 5, 2)]).toEqual([1, 1, 3, 3, 5]);
    expect([...runningMean([Number.NaN, 2], 2, 1)]).toEqual([Number.NaN, 2]);
  });
  it('handles no values', () => {
    expect(runningMean([], 0, 30)).toHaveLength(0);
  });
});
