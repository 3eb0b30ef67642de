import { expect, test } from 'vitest';
import { failed } from './check.ts';

test('a check fails whose difference is too large, negative or not a number', () => {
  const check = (difference: number, tolerance: number) => ({
    what: `${difference} of ${tolerance}`,
    difference,
    tolerance,
  });
  const wrong = [
    check(0.2, 0.1),
    check(1, 0),
    check(-1, 0),
    check(-1e-9, 0.1),
    check(Number.NaN, 1),
    check(Number.POSITIVE_INFINITY, 1),
    check(Number.NEGATIVE_INFINITY, 1),
  ];
  expect(failed([check(0, 0), ...wrong, check(0.1, 0.1)])).toEqual(wrong);
});
