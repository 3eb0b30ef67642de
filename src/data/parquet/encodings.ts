import { printable } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import { bitsAt, readRle } from './rle.ts';
import type { Column } from './schema.ts';
import type { Fail } from './thrift.ts';

/** A decoded value: bytes, a number or a boolean; a bigint for integers that a number would not hold exactly. */
export type Value = Uint8Array | number | bigint | boolean;

// As parquet.thrift numbers them.
const PLAIN = 0;
const RLE = 3;
const DELTA_BINARY_PACKED = 5;
const DELTA_LENGTH_BYTE_ARRAY = 6;
const DELTA_BYTE_ARRAY = 7;
const BYTE_STREAM_SPLIT = 9;
const NAMES: Readonly<Record<number, string>> = {
  [RLE]: 'RLE',
  4: 'BIT_PACKED',
  [DELTA_BINARY_PACKED]: 'DELTA_BINARY_PACKED',
  [DELTA_LENGTH_BYTE_ARRAY]: 'DELTA_LENGTH_BYTE_ARRAY',
  [DELTA_BYTE_ARRAY]: 'DELTA_BYTE_ARRAY',
  [BYTE_STREAM_SPLIT]: 'BYTE_STREAM_SPLIT',
};

/** Bytes per value in PLAIN encoding; for byte arrays, the bytes of the length. */
const WIDTHS = { bytes: 4, int32: 4, int64: 8, float: 4, double: 8, bool: 0 } as const satisfies Record<
  Column['type'],
  number
>;

/** The column properties that decoding depends on. */
export type ValueType = Pick<Column, 'path' | 'type' | 'unsigned'>;

/**
 * Decodes `count` values in one of Parquet's encodings (Encodings.md), except dictionaries. Every length is checked
 * against the available bytes before anything is allocated. Throws the error that `fail` creates.
 */
export function decodeValues(
  bytes: Uint8Array,
  encoding: number,
  column: ValueType,
  count: number,
  fail: Fail,
): readonly Value[] {
  const { path, type } = column;
  if (type === 'bool') {
    if (encoding === PLAIN) return readBits(bytes, count, fail);
    // The runs come after their length.
    if (encoding === RLE) return Array.from(readRle(bytes.subarray(4), 1, count, fail), (bit) => bit === 1);
  } else if (encoding === PLAIN) {
    return readPlain(bytes, column, count, fail);
  } else if (encoding === DELTA_BINARY_PACKED && (type === 'int32' || type === 'int64')) {
    const { values } = readDeltas(bytes, count, fail);
    return values.map((value) => whole(type === 'int32' ? BigInt.asIntN(32, value) : value, column));
  } else if (encoding === DELTA_LENGTH_BYTE_ARRAY && type === 'bytes') {
    return readLengths(bytes, count, fail).values;
  } else if (encoding === DELTA_BYTE_ARRAY && type === 'bytes') {
    return readPrefixed(bytes, count, fail);
  } else if (encoding === BYTE_STREAM_SPLIT && type !== 'bytes') {
    return readPlain(unsplit(bytes, WIDTHS[type], count, fail), column, count, fail);
  }
  const found = { column: printable(path), encoding: NAMES[encoding] ?? encoding };
  throw fail(sentence('formats.parquet.encoding', found));
}

function readBits(bytes: Uint8Array, count: number, fail: Fail): readonly boolean[] {
  if (!(count >= 0 && count <= 8 * bytes.length)) throw tooFew(count, bytes.length, fail);
  return Array.from({ length: count }, (_, nth) => (((bytes[nth >> 3] ?? 0) >> (nth & 7)) & 1) === 1);
}

/** PLAIN: consecutive values, byte arrays each after their length. */
export function readPlain(bytes: Uint8Array, column: ValueType, count: number, fail: Fail): readonly Value[] {
  const { type } = column;
  if (type === 'bool') return readBits(bytes, count, fail);
  if (!(count >= 0 && count * WIDTHS[type] <= bytes.length)) throw tooFew(count, bytes.length, fail);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const each = (read: (at: number) => Value) => Array.from({ length: count }, (_, nth) => read(nth * WIDTHS[type]));
  switch (type) {
    case 'int32':
      return each((at) => (column.unsigned ? view.getUint32(at, true) : view.getInt32(at, true)));
    case 'int64':
      return each((at) => whole(view.getBigInt64(at, true), column));
    case 'float':
      return each((at) => view.getFloat32(at, true));
    case 'double':
      return each((at) => view.getFloat64(at, true));
    case 'bytes': {
      let at = 0;
      return Array.from({ length: count }, () => {
        const length = at + 4 > bytes.length ? Number.NaN : view.getUint32(at, true);
        if (!(length <= bytes.length - at - 4)) throw fail(sentence('formats.parquet.valueCut'));
        at += 4 + length;
        return bytes.subarray(at - length, at);
      });
    }
    default:
      return type satisfies never;
  }
}

/** An integer column's value, unsigned where the column is: a number if that is exact, else a bigint. */
function whole(value: bigint, { type, unsigned }: ValueType): number | bigint {
  const own = unsigned ? BigInt.asUintN(type === 'int32' ? 32 : 64, value) : value;
  const number = Number(own);
  return Number.isSafeInteger(number) ? number : own;
}

const MOST_MINIBLOCKS = 512;
const MOST_BLOCK = 65_536;

/** DELTA_BINARY_PACKED: integers as bit-packed differences in blocks; `end` is the offset after them. */
function readDeltas(bytes: Uint8Array, count: number, fail: Fail): { readonly values: bigint[]; readonly end: number } {
  const broken = () => fail(sentence('formats.parquet.differences'));
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let nth = 0n; nth < 10n; nth++) {
      const byte = bytes[at];
      if (byte === undefined) throw broken();
      at += 1;
      value |= BigInt(byte & 0x7f) << (7n * nth);
      if (byte < 0x80) return value;
    }
    throw broken();
  };
  const zigzag = (value: bigint) => BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  const [block, minis, total] = [Number(varint()), Number(varint()), Number(varint())];
  let value = zigzag(varint());
  const size = block / minis;
  const isSound = block > 0 && block <= MOST_BLOCK && minis > 0 && minis <= MOST_MINIBLOCKS && size % 8 === 0;
  if (!isSound || total !== count) throw broken();
  // For equal differences only a block's header is written, which has a byte for each miniblock.
  if (count > 1 + (bytes.length - at) * size) throw tooFew(count, bytes.length, fail);
  const values: bigint[] = count > 0 ? [value] : [];
  while (values.length < count) {
    const least = zigzag(varint());
    const widths = bytes.subarray(at, at + minis);
    if (widths.length < minis) throw broken();
    at += minis;
    for (const width of widths) {
      if (values.length >= count) break;
      const packed = (size * width) / 8;
      const used = Math.min(size, count - values.length);
      // The last one need not be filled up.
      if (width > 64 || (used * width) / 8 > bytes.length - at) throw broken();
      for (let nth = 0; nth < used; nth++) {
        value = BigInt.asIntN(64, value + least + wideBitsAt(bytes, at, nth * width, width));
        values.push(value);
      }
      at = Math.min(bytes.length, at + packed);
    }
  }
  return { values, end: at };
}

function wideBitsAt(bytes: Uint8Array, at: number, skipped: number, width: number): bigint {
  if (width <= 32) return BigInt(bitsAt(bytes, at, skipped, width));
  return BigInt(bitsAt(bytes, at, skipped, 32)) + (BigInt(bitsAt(bytes, at, skipped + 32, width - 32)) << 32n);
}

/** DELTA_LENGTH_BYTE_ARRAY: all lengths come first, then all bytes. */
function readLengths(bytes: Uint8Array, count: number, fail: Fail): { readonly values: readonly Uint8Array[] } {
  const { values: lengths, end } = readDeltas(bytes, count, fail);
  let at = end;
  const values = lengths.map((each) => {
    const length = Number(each);
    if (!(length >= 0 && length <= bytes.length - at)) throw fail(sentence('formats.parquet.valueCut'));
    at += length;
    return bytes.subarray(at - length, at);
  });
  return { values };
}

/** Size limit for decoded values with shared prefixes, whose size no page bounds. */
const MOST_PREFIXED_BYTES = 64 * 2 ** 20;

/** DELTA_BYTE_ARRAY: each value is a prefix of the previous one, of a given length, plus a suffix. */
function readPrefixed(bytes: Uint8Array, count: number, fail: Fail): readonly Uint8Array[] {
  const { values: prefixes, end } = readDeltas(bytes, count, fail);
  const { values: rests } = readLengths(bytes.subarray(end), count, fail);
  let last = new Uint8Array();
  let held = 0;
  return rests.map((rest, nth) => {
    const prefix = Number(prefixes[nth] ?? 0n);
    if (!(prefix >= 0 && prefix <= last.length)) throw fail(sentence('formats.parquet.prefix'));
    held += prefix + rest.length;
    if (held > MOST_PREFIXED_BYTES) throw fail(sentence('formats.parquet.valuesSize', { bytes: held }));
    const whole = new Uint8Array(prefix + rest.length);
    whole.set(last.subarray(0, prefix));
    whole.set(rest, prefix);
    last = whole;
    return whole;
  });
}

/** BYTE_STREAM_SPLIT: interleaves the first bytes of all values, the second bytes, and so on. */
function unsplit(bytes: Uint8Array, width: number, count: number, fail: Fail): Uint8Array {
  if (!(count >= 0 && count * width <= bytes.length)) throw tooFew(count, bytes.length, fail);
  const values = new Uint8Array(count * width);
  for (let at = 0; at < values.length; at++) values[at] = bytes[(at % width) * count + Math.floor(at / width)] ?? 0;
  return values;
}

function tooFew(count: number, bytes: number, fail: Fail) {
  return fail(sentence('formats.parquet.valuesLeft', { values: count, bytes }));
}
