import { expect, test } from 'vitest';
import { binomial, combinations, MOST_OPEN } from './paths.ts';

test('of n blocks there are C(n, k) paths of length k, 2^n in all', () => {
  expect([0, 1, 2, 3, 4, 5].map((k) => binomial(5, k))).toEqual([1, 5, 10, 10, 5, 1]);
  // ResNet-110, as Veit et al. 2016 count: 54 blocks.
  expect(binomial(54, 27)).toBe(1946939425648112);
  const all = Array.from({ length: 51 }, (_, k) => binomial(50, k)).reduce((sum, count) => sum + count);
  expect(all).toBe(2 ** 50);
  const most = Array.from({ length: MOST_OPEN + 1 }, (_, k) => binomial(MOST_OPEN, k)).reduce(
    (sum, count) => sum + count,
  );
  expect(most / 2 ** MOST_OPEN).toBeCloseTo(1, 9);
  expect([binomial(3, 4), binomial(3, -1)]).toEqual([0, 0]);
});

test('the combinations are as many, each once', () => {
  const chosen = combinations(['a', 'b', 'c', 'd'], 2).map((each) => each.join(''));
  expect(chosen).toEqual(['ab', 'ac', 'ad', 'bc', 'bd', 'cd']);
  expect(combinations([1, 2, 3], 0)).toEqual([[]]);
  expect(combinations([1, 2, 3, 4, 5, 6], 3)).toHaveLength(binomial(6, 3));
});
