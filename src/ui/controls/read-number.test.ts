import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNumbers } from './read-number.ts';

test.each([
  ['0.05', 0.05],
  ['0,05', 0.05],
  [',5', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['５０', 50],
  ['０．０５', 0.05],
  ['０，０５', 0.05],
  ['0。05', 0.05],
  ['٠٫٠٥', 0.05],
  ['64 000', 64000],
  ['64\u00a0000', 64000],
  ['64\u202f000', 64000],
  ['64\u2009000', 64000],
  ['64　000', 64000],
  ['64’000', 64000],
  ['1 000 000', 1_000_000],
  ['1 000,5', 1000.5],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1,234,567', 1_234_567],
  ['1.234.567', 1_234_567],
  ['1e-4', 0.0001],
  ['1E-4', 0.0001],
  ['2,5e-3', 0.0025],
  [' 7 ', 7],
  ['+3', 3],
  ['-3', -3],
  ['−3', -3],
  ['0,001', 0.001],
  ['0.125', 0.125],
  ['1234,567', 1234.567],
  ['007', 7],
])('%j is %d', (text, value) => {
  expect(readNumbers(text)).toEqual([value]);
});

test.each([
  ['64,000', [64, 64000]],
  ['64.000', [64, 64000]],
  ['1.125', [1.125, 1125]],
])('%j may be two numbers', (text, values) => {
  expect(readNumbers(text)).toEqual(values);
});

test.each([
  ...['', ' ', '.', ',', '-', 'abc', '1 2', '12 34', '6 4000', '1,23,456', '1.2.3', '1,2,3', '1.234,567.8'],
  ...['10²', '0x10', '1e', 'e5', 'Infinity', 'NaN', '5%', '1/2', '½', '--5', '1 000 00', '1,234 567', '1e5.5'],
])('%j is no number', (text) => {
  expect(readNumbers(text)).toEqual([]);
});

test('a number as JavaScript writes it is read as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(readNumbers(String(value))).toContain(value === 0 ? Math.abs(value) : value);
    }),
  );
});
