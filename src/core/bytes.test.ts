import { expect, test } from 'vitest';
import { concatBytes, hexOf } from './bytes.ts';

test('pieces of bytes are put together in their order, those that are a part of a buffer too', () => {
  const buffer = Uint8Array.of(1, 2, 3, 4);
  expect(concatBytes([buffer.subarray(2), new Uint8Array(), buffer.subarray(0, 1)])).toEqual(Uint8Array.of(3, 4, 1));
  expect(concatBytes([])).toEqual(new Uint8Array());
});

test('bytes in hexadecimal have two digits each', () => {
  expect(hexOf(Uint8Array.of(0, 10, 255))).toBe('000aff');
});
