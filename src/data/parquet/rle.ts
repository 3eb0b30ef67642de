import { sentence } from '../../language/sentence.ts';
import type { Fail } from './thrift.ts';

/**
 * Decodes `count` numbers of `width` bits in Parquet's RLE / bit-packing hybrid (Encodings.md): runs of one number, or
 * bit-packed numbers. Throws the error that `fail` creates if the bytes end too early.
 */
export function readRle(bytes: Uint8Array, width: number, count: number, fail: Fail): Uint32Array {
  if (width > 32) throw fail(sentence('formats.parquet.width', { bits: width }));
  const numbers = new Uint32Array(count);
  const long = () => fail(sentence('formats.parquet.run'));
  let at = 0;
  for (let filled = 0; filled < count; ) {
    let head = 0;
    for (let nth = 0; ; nth++) {
      const byte = bytes[at];
      if (byte === undefined || nth === 5) throw long();
      at += 1;
      head += (byte & 0x7f) * 2 ** (7 * nth);
      if (byte < 0x80) break;
    }
    const half = Math.floor(head / 2);
    if (head % 2 === 0) {
      let value = 0;
      for (let byte = 0; byte < Math.ceil(width / 8); byte++) value += (bytes[at + byte] ?? 0) * 2 ** (8 * byte);
      at += Math.ceil(width / 8);
      if (at > bytes.length) throw long();
      const end = Math.min(count, filled + half);
      numbers.fill(value, filled, end);
      filled = end;
      continue;
    }
    // Bit-packed runs hold multiples of 8 values; the last group may exceed `count`, and some writers omit its padding
    // bytes.
    const used = Math.min(count - filled, 8 * half);
    if (Math.ceil((used * width) / 8) > bytes.length - at) throw long();
    for (let nth = 0; nth < used; nth++) numbers[filled + nth] = bitsAt(bytes, at, nth * width, width);
    filled += used;
    at += half * width;
  }
  return numbers;
}

/** Reads a number of `width` bits, at most 32, after `skipped` bits from byte `at`, least significant bit first. */
export function bitsAt(bytes: Uint8Array, at: number, skipped: number, width: number): number {
  let value = 0;
  for (let taken = 0; taken < width; ) {
    const bit = (skipped + taken) & 7;
    const here = Math.min(8 - bit, width - taken);
    const part = ((bytes[at + ((skipped + taken) >> 3)] ?? 0) >> bit) & (2 ** here - 1);
    value += part * 2 ** taken;
    taken += here;
  }
  return value;
}
