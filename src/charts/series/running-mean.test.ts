import { describe, expect, it } from 'vitest';
import { GrowingMean, meanAt } from './running-mean.ts';

const mean = (values: ArrayLike<number>, length: number, window: number) =>
  Array.from(new GrowingMean(window).of(values, length).subarray(0, length));

const slow = (values: readonly number[], window: number) =>
  values.map((_, i) => {
    const part = values.slice(Math.max(0, i - window + 1), i + 1);
    return part.reduce((a, b) => a + b) / part.length;
  });

const noise = (length: number) => Array.from({ length }, (_, i) => 50 + 40 * Math.sin(i * 1.7));
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

describe('GrowingMean', () => {
  it('is the mean of what is there at the start', () => {
    expect(mean([4, 8, 0, 4], 4, 3)).toEqual([4, 6, 4, 4]);
  });
  it('is the values themselves with a window of 1', () => {
    expect(mean([3, 1, 2], 3, 1)).toEqual([3, 1, 2]);
  });
  it.each([1, 10, 30, 100, 1000])('agrees with the definition, window %i', (window) => {
    const values = noise(700);
    expect(mean(values, values.length, window)).toEqual(close(slow(values, window)));
  });
  it('reads no further than the length, also in a longer buffer', () => {
    expect(mean(new Float32Array([2, 4, 99]), 2, 10)).toEqual([2, 3]);
  });
  it('leaves out what is not a number and recovers after it', () => {
    expect(mean([1, Number.NaN, 3, Number.POSITIVE_INFINITY, 5], 5, 2)).toEqual([1, 1, 3, 3, 5]);
    expect(mean([Number.NaN, 2], 2, 1)).toEqual([Number.NaN, 2]);
  });
  it('handles no values', () => {
    expect(mean([], 0, 30)).toEqual([]);
  });

  it('grows with its column', () => {
    const values = noise(700);
    const growing = new GrowingMean(30);
    for (const length of [0, 1, 2, 29, 30, 31, 200, 201, 699, 700]) growing.of(values, length);
    expect(Array.from(growing.of(values, 700).subarray(0, 700))).toEqual(close(slow(values, 30)));
  });
  it('starts over for a column that was cut short or rewritten', () => {
    const buffer = Float64Array.from(noise(40));
    const growing = new GrowingMean(10);
    growing.of(buffer, 40);
    expect(growing.of(buffer, 3)[2]).toBe(mean(buffer, 3, 10)[2]);
    growing.of(buffer, 40);
    buffer.fill(7);
    expect(growing.of(buffer, 40)[39]).toBe(7);
  });
});

describe('a curve that was kept as means of several steps', () => {
  const curve = { errors: [80, 80, 80, 80, 60, 60, 60, 60], steps: 8, every: 4 };
  const means = (window: number) => [1, 2, 3, 4, 5, 6, 7, 8].map((step) => meanAt(curve, window, step));

  it.each([1, 4])(
    'has none before the steps of the first are made, and leads straight to the next, window %i',
    (window) => {
      expect(means(window)).toEqual([null, null, null, 80, 75, 70, 65, 60]);
    },
  );
  it('is smoothed over a longer window, as others are', () => {
    expect(means(8).slice(2)).toEqual([null, 80, 76, close([220 / 3])[0], close([500 / 7])[0], 70]);
  });
});
