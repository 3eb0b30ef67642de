import { expect, test } from 'vitest';
import { coarseFirst } from './landscape.ts';

test.each([
  [17, 17],
  [9, 1],
  [5, 7],
])('every point of a grid of %d by %d comes once, and coarse grids first', (columns, rows) => {
  const levels = coarseFirst(columns, rows);
  const points = levels.flat().map(({ column, row }) => `${column} ${row}`);
  expect(points).toHaveLength(columns * rows);
  expect(new Set(points).size).toBe(columns * rows);
  levels.forEach((level, index) => {
    const stride = 8 / 2 ** index;
    for (const { column, row } of level) expect([column % stride, row % stride]).toEqual([0, 0]);
  });
});
