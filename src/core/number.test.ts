import { expect, test } from 'vitest';
import { compact, many } from './number.ts';

test.each([
  [0, '0'],
  [817.4, '817'],
  [0.2812, '0.28'],
  [-4.13, '−4.1'],
  [20, '20'],
  [12345, '12,345'],
  [133_000_000, '1.3·10⁸'],
  [0.0001, '10⁻⁴'],
  [Number.NaN, '–'],
])('%d reads %s', (value, text) => expect(compact(value)).toBe(text));

test('whole numbers are written out as long as they can be read', () => {
  expect(many(32_768)).toBe('32,768');
  expect(many(2 ** 27)).toBe('1.3·10⁸');
});
