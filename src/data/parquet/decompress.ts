import { sentence } from '../../language/sentence.ts';
import { gunzip } from '../import/archives/gunzip.ts';
import { collect, onePiece } from '../import/archives/streams.ts';
import type { Fail } from './thrift.ts';
import { zstdDecompress } from './zstd.ts';

/** Maximum expansion per compressed byte: a length grows by 255 with each byte. */
const MOST_LZ4_GROWTH = 255;
const SHORTEST_MATCH = 4;

/**
 * Decompresses an LZ4 block without a frame (lz4_Block_format.md): Parquet's LZ4_RAW. Throws the error that `fail`
 * creates if the result is not `size` bytes; never allocates more than the bytes can expand to.
 */
export function lz4Decompress(bytes: Uint8Array, size: number, fail: Fail): Uint8Array {
  const damaged = () => fail(sentence('formats.parquet.unpack', { codec: 'lz4' }));
  if (size > MOST_LZ4_GROWTH * bytes.length) throw damaged();
  const result = new Uint8Array(size);
  let at = 0;
  let filled = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw damaged();
    at += 1;
    return byte;
  };
  const length = (nibble: number): number => {
    let value = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; value += more) more = next();
    return value;
  };
  while (at < bytes.length) {
    const token = next();
    const literals = length(token >> 4);
    if (literals > bytes.length - at || literals > size - filled) throw damaged();
    result.set(bytes.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    // The last sequence is literals alone.
    if (at === bytes.length) break;
    const back = next() + 256 * next();
    const copied = SHORTEST_MATCH + length(token & 15);
    if (back === 0 || back > filled || copied > size - filled) throw damaged();
    // Byte by byte, since a copy may reach into itself.
    for (let nth = 0; nth < copied; nth++, filled++) result[filled] = result[filled - back] ?? 0;
  }
  if (filled !== size) throw damaged();
  return result;
}

/** Maximum expansion per compressed byte: a copy of 64 bytes is written in three. */
const MOST_SNAPPY_GROWTH = 22;

/**
 * Decompresses Snappy (format_description.txt): literals and back-references. Throws the error that `fail` creates if
 * the result is not `size` bytes; never allocates more than the bytes can expand to.
 */
export function snappyDecompress(bytes: Uint8Array, size: number, fail: Fail): Uint8Array {
  const damaged = () => fail(sentence('formats.parquet.unpack', { codec: 'snappy' }));
  if (size > MOST_SNAPPY_GROWTH * bytes.length) throw damaged();
  const result = new Uint8Array(size);
  let at = 0;
  let filled = 0;
  const number = (length: number): number => {
    if (at + length > bytes.length) throw damaged();
    let value = 0;
    for (let nth = 0; nth < length; nth++) value += (bytes[at + nth] ?? 0) * 2 ** (8 * nth);
    at += length;
    return value;
  };
  // The uncompressed size, as a varint.
  while (number(1) >= 0x80);
  while (at < bytes.length) {
    const tag = number(1);
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = 1 + (short < 60 ? short : number(short - 59));
      if (length > bytes.length - at || length > size - filled) throw damaged();
      result.set(bytes.subarray(at, at + length), filled);
      at += length;
      filled += length;
      continue;
    }
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const back = kind === 1 ? (tag >> 5) * 256 + number(1) : number(kind === 2 ? 2 : 4);
    if (back === 0 || back > filled || length > size - filled) throw damaged();
    // Byte by byte, since a copy may reach into itself.
    for (let nth = 0; nth < length; nth++, filled++) result[filled] = result[filled - back] ?? 0;
  }
  if (filled !== size) throw damaged();
  return result;
}

/**
 * Decompresses a page to `size` bytes. Rejects with the error that `fail` creates for a damaged page or another codec.
 */
export async function unpackPage(bytes: Uint8Array, codec: string, size: number, fail: Fail): Promise<Uint8Array> {
  switch (codec) {
    case 'UNCOMPRESSED':
      if (bytes.length !== size) throw fail(sentence('formats.parquet.pageBytes', { bytes: bytes.length, size }));
      return bytes;
    case 'SNAPPY':
      return snappyDecompress(bytes, size, fail);
    case 'GZIP': {
      const page = await collect(gunzip(onePiece(bytes)), 'a page', size).catch((cause: unknown) => {
        throw fail(sentence('formats.parquet.unpack', { codec: 'gzip' }), cause);
      });
      if (page.length !== size) throw fail(sentence('formats.parquet.pageBytes', { bytes: page.length, size }));
      return page;
    }
    case 'ZSTD':
      return zstdDecompress(bytes, size, fail);
    case 'LZ4_RAW':
      return lz4Decompress(bytes, size, fail);
    default:
      throw fail(sentence('formats.parquet.codec', { codec: codec.toLowerCase() }));
  }
}
