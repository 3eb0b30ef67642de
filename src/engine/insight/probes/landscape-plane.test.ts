import { expect, test } from 'vitest';
import { Random } from '../../../data/batches/random.ts';
import { eigen } from './landscape-plane.ts';

test('a diagonal matrix has its entries, largest first', () => {
  const found = eigen([
    [1, 0, 0],
    [0, 5, 0],
    [0, 0, 3],
  ]);
  expect(found.map(({ value }) => value)).toEqual([5, 3, 1]);
  expect(found[0]?.vector).toEqual([0, 1, 0]);
});

test('A v = lambda v, and the vectors are orthonormal', () => {
  const random = new Random('eigen');
  const half = Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => random.normals()[0]));
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  const matrix = half.map((row) => half.map((other) => dot(row, other)));
  const found = eigen(matrix);
  for (const { value, vector } of found) {
    for (const [index, row] of matrix.entries()) expect(dot(row, vector)).toBeCloseTo(value * (vector[index] ?? 0), 8);
    for (const other of found) expect(dot(vector, other.vector)).toBeCloseTo(other.vector === vector ? 1 : 0, 10);
  }
  const trace = matrix.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  expect(found.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(trace, 8);
});
