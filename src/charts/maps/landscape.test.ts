import { describe, expect, test } from 'vitest';
import { completed, contourLevels } from './landscape.ts';

const NONE = Number.NaN;

describe('a grid that is being measured', () => {
  test('is completed from the nearest points', () => {
    const grid = completed({ columns: 3, rows: 2, values: [1, NONE, 4, NONE, NONE, NONE] });
    expect(grid?.values).toEqual([1, 1, 4, 1, 1, 4]);
  });
  test('is nothing while nothing is measured', () => {
    expect(completed({ columns: 2, rows: 1, values: [NONE, NONE] })).toBeNull();
  });
  test('stays as it is when it is whole', () => {
    expect(completed({ columns: 2, rows: 1, values: [2, 3] })?.values).toEqual([2, 3]);
  });
});

describe('levels', () => {
  test('go by equal factors over all pictures', () => {
    const levels = contourLevels(
      [
        [1, NONE],
        [16, 2],
      ],
      4,
    );
    expect(levels).toEqual([1, 2, 4, 8]);
  });
  test('need a value', () => {
    expect(contourLevels([[NONE]], 4)).toEqual([]);
    expect(contourLevels([[2, 2]], 4)).toEqual([2]);
  });
});
