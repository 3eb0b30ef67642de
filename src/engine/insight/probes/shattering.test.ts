import { expect, test } from 'vitest';
import { Random } from '../../../data/batches/random.ts';
import { autocorrelation } from './shattering.ts';

const random = new Random('autocorrelation');
const white = Array.from({ length: 4096 }, () => random.normals()[0]);

test('of a short series is as by hand', () => {
  // Mean 2, deviations -1, 0, 1: (-1 * 0 + 0 * 1) / 2 and (-1 * 1) / 2.
  expect(autocorrelation([1, 2, 3], 2)).toEqual([1, 0, -0.5]);
});

test('of white noise is 0 but at lag 0, of its running sum it falls slowly', () => {
  const noise = autocorrelation(white, 16);
  expect(noise[0]).toBe(1);
  for (const value of noise.slice(1)) expect(Math.abs(value)).toBeLessThan(4 / Math.sqrt(white.length));
  let sum = 0;
  const brown = autocorrelation(
    white.map((value) => {
      sum += value;
      return sum;
    }),
    16,
  );
  expect(brown[16]).toBeGreaterThan(0.9);
});
