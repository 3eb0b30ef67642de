import { expect, test } from 'vitest';
import { count, decimalText, formatCount, formatNumber, percent, rate, short } from './format.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [116849, '116,849'],
])('counts %d as %s', (value, text) => expect(count(value)).toBe(text));

test.each([
  [null, '–'],
  [0, '0.0'],
  [75.66, '75.7'],
  [100, '100.0'],
])('writes %d percent as %s', (value, text) => expect(percent(value)).toBe(text));

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [19_216, '19k'],
  [464_154, '464k'],
  [1_700_000, '1.7M'],
  [2_340_000_000, '2.34G'],
])('shortens %d to %s', (value, text) => expect(short(value)).toBe(text));

test.each([
  [0, '0'],
  [0.000024, '2.4·10⁻⁵'],
  [0.0031, '0.0031'],
  [0.2, '0.20'],
  [1.234, '1.23'],
])('writes %d with decimals as %s', (value, text) => expect(decimalText(value)).toBe(text));

test.each([
  [0.54, '0.5'],
  [9.9, '9.9'],
  [10.4, '10'],
  [1234, '1,234'],
])('writes a rate of %d as %s', (value, text) => expect(rate(value)).toBe(text));

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
])('%d reads %s', (value, text) => expect(formatNumber(value)).toBe(text));

test('whole numbers are written out as long as they can be read', () => {
  expect(formatCount(32_768)).toBe('32,768');
  expect(formatCount(2 ** 27)).toBe('1.3·10⁸');
});
