import type { Fail } from './fault.ts';

/** Maximum expansion per compressed byte: a length grows by 255 with each byte. */
const MOST_GROWTH = 255;
const SHORTEST_MATCH = 4;

/**
 * Decompresses an LZ4 block without a frame (lz4_Block_format.md): Parquet's LZ4_RAW. Throws the error that `fail`
 * creates if the result is not `size` bytes; never allocates more than the bytes can expand to.
 */
export function unlz4(bytes: Uint8Array, size: number, fail: Fail): Uint8Array {
  const damaged = () => fail('has a page that lz4 cannot unpack');
  if (size > MOST_GROWTH * bytes.length) throw damaged();
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
