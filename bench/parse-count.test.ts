import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { parseCount } from './parse-count.ts';

test('a count is a whole number from 1', () => {
  expect(parseCount('15')).toBe(15);
  for (const text of ['x', '', '0', '-3', '2.5', 'Infinity'])
    expect(() => parseCount(text)).toThrow(InvalidArgumentError);
});
