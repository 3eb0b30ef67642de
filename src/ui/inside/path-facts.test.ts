import { expect, test } from 'vitest';
import { pathFacts } from './path-facts.ts';

test('paths are averaged by number and by what they carry', () => {
  const lengths = [
    { length: 0, count: 1, total: 6 },
    { length: 1, count: 2, total: 3 },
    { length: 2, count: 1, total: 1 },
  ];
  expect(pathFacts(lengths)).toEqual({ paths: 4, length: 1, carried: 0.5 });
});
