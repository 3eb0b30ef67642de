import type { Fail } from './fault.ts';

/** Maximum expansion per compressed byte: a copy of 64 bytes is written in three. */
const MOST_GROWTH = 22;

/**
 * Decompresses Snappy (format_description.txt): literals and back-references. Throws the error that `fail` creates if
 * the result is not `size` bytes; never allocates more than the bytes can expand to.
 */
export function unsnappy(bytes: Uint8Array, size: number, fail: Fail): Uint8Array {
  const damaged = () => fail('has a page that snappy cannot unpack');
  if (size > MOST_GROWTH * bytes.length) throw damaged();
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
