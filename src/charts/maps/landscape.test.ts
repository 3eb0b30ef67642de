import { describe, expect, test } from 'vitest';
import { completed, contourLevels, pointText } from './landscape.ts';

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

test('a point is told with its numbers, or why it has none', () => {
  const words = {
    point: (x: string) => x,
    measured: (loss: string, error: string) => `${loss}, ${error}`,
    ...{ notYet: 'not yet', noNumber: 'no number', loss: '', step: String, value: String, percent: String },
  };
  const values = { losses: Float32Array.of(2, NONE), errors: Float32Array.of(50, 75) };
  const textsOf = (complete: boolean) => [0, 1].map((index) => pointText({ ...values, complete }, index, words));
  expect([textsOf(false), textsOf(true)]).toEqual([
    ['2, 50', 'not yet'],
    ['2, 50', 'no number'],
  ]);
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
