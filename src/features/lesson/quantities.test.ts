import { expect, test } from 'vitest';
import { isIn } from './chapter.ts';
import { valuesBy } from './quantities.ts';

const QUANTITIES = {
  a: { type: 'error', lane: 'a', step: 1 },
  b: { type: 'error', lane: 'b', step: 1 },
  less: { type: 'difference', of: 'a', minus: 'b' },
  share: { type: 'ratio', of: 'a', over: 'less' },
} as const;

function valueWith(a: number, b: number) {
  return valuesBy(QUANTITIES, {}, (lane) => (lane === 'a' ? a : b));
}

test('a difference of shown numbers is the one that is read, exactly', () => {
  expect(66.1 - 54.1).toBeLessThan(12);
  expect(valueWith(66.1, 54.1)('less')).toBe(12);
  expect(isIn({ quantity: 'less', from: 12 }, valueWith(66.14, 54.06)('less'))).toBe(true);
  expect(valueWith(50.04, 50.02)('less')).toBe(0);
});

test('a share of what is not positive is not known', () => {
  expect(valueWith(60, 40)('share')).toBe(3);
  expect(valueWith(40, 60)('share')).toBeNaN();
  expect(valueWith(40, 40)('share')).toBeNaN();
});
