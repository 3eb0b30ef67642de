import fc from 'fast-check';
import { expect } from 'vitest';
import { DataError } from '../../data/dataset.ts';

/** A true file with bytes changed, cut off or put in, or bytes that never were one. */
export function spoilt(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 0x7f, 0x80, 0xff));
  const longest = Math.max(...files.map(({ length }) => length));
  const change = fc.tuple(fc.nat(longest), fc.uint8Array({ minLength: 1, maxLength: 8 }), byte);
  return fc
    .tuple(fc.constantFrom(...files), fc.array(change, { maxLength: 5 }), fc.option(fc.nat(longest), { freq: 3 }))
    .map(([file, changes, length]) => {
      const bytes = file.slice(0, length ?? file.length);
      for (const [at, put, one] of changes) {
        if (at + put.length <= bytes.length) bytes.set(put, at);
        if (at < bytes.length) bytes[bytes.length - 1 - at] = one;
      }
      return bytes;
    });
}

/** Expects that whatever the bytes are, the parser takes them or refuses them by a `DataError`. */
export async function expectRefusal(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    expect(error.message).toMatch(/; /);
  }
}
