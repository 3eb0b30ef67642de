import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lz4Packed, plainText, zstdStored } from '../../testing/data/packed.ts';
import { expectRefusal, spoilt } from '../../testing/data/spoilt.ts';
import { lz4Decompress } from './decompress.ts';
import { parquetError } from './thrift.ts';
import { zstdDecompress } from './zstd.ts';

const RUNS = { numRuns: 10_000 };
const fail = parquetError('a');
const golden = (name: string) => new Uint8Array(readFileSync(new URL(`goldens/text-${name}.zst`, import.meta.url)));
const text = plainText(150_000);

describe('zstd', () => {
  // By zstd 1.5.4: --fast=3, -3, and --ultra -22 without sizes and checksums.
  test.each(['fast', 'usual', 'ultra'])('unpacks what zstd itself packed, %s', (name) => {
    expect(Buffer.compare(zstdDecompress(golden(name), text.length, fail), text)).toBe(0);
  });

  test('unpacks several frames, empty ones, and passes over what is to be skipped', () => {
    const skipped = Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9);
    const parts = [zstdStored(text.subarray(0, 1000)), skipped, zstdStored(new Uint8Array()), golden('usual')];
    const both = Uint8Array.from(parts.flatMap((part) => [...part]));
    const unpacked = zstdDecompress(both, 1000 + text.length, fail);
    expect(Buffer.compare(unpacked.subarray(0, 1000), text.subarray(0, 1000))).toBe(0);
    expect(Buffer.compare(unpacked.subarray(1000), text)).toBe(0);
    expect(zstdDecompress(zstdStored(new Uint8Array(300_000).fill(7)), 300_000, fail).every((byte) => byte === 7)).toBe(
      true,
    );
  });

  test('refuses what is not as long as declared, and makes nothing for what is only declared', () => {
    const refused = (bytes: Uint8Array, size: number) => () => zstdDecompress(bytes, size, fail);
    const sentence = 'parquet file: a has a page that zstd cannot unpack; choose a whole Parquet file';
    for (const size of [0, text.length - 1, text.length + 1]) expect(refused(golden('usual'), size)).toThrow(sentence);
    expect(refused(golden('usual').subarray(0, -20), text.length)).toThrow(sentence);
    expect(refused(golden('usual'), 2 ** 31 - 1)).toThrow(sentence);
    expect(refused(Uint8Array.of(1, 2, 3, 4), 4)).toThrow(sentence);
    // A dictionary would be needed.
    expect(refused(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 1, 0, 0), 0)).toThrow(sentence);
  });

  test('refuses 18 bytes that would be copied 98,047 times by 65,539, without doing so', () => {
    // The codes of all lengths and offsets are single symbols, so that no bits are read.
    const block = [0, 255, 255, 255, 0x54, 0, 0, 52, 1];
    const bytes = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x20, 16, (block.length << 3) | 5, 0, 0, ...block);
    expect(() => zstdDecompress(bytes, 16, fail)).toThrow('zstd cannot unpack');
  });

  test('whatever the bytes are', () => {
    const small = [plainText(400), plainText(3000)].map(zstdStored);
    const short = golden('usual').subarray(0, 3000);
    return fc.assert(
      fc.asyncProperty(
        fc.oneof(spoilt([...small, short, golden('ultra').subarray(0, 2000)]), fc.uint8Array({ maxLength: 60 })),
        fc.constantFrom(0, 400, 3000, 20_000),
        (bytes, size) => expectRefusal(() => expect(zstdDecompress(bytes, size, fail).length).toBe(size)),
      ),
      RUNS,
    );
  });

  test('whatever is changed in its codes', () => {
    // Changed where the tables of codes lie, not where it would be no frame.
    const head = fc.tuple(fc.integer({ min: 9, max: 400 }), fc.nat(255));
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom(golden('usual'), golden('ultra')),
        fc.array(head, { minLength: 1, maxLength: 3 }),
        (file, changes) => {
          const bytes = file.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          return expectRefusal(() => zstdDecompress(bytes, text.length, fail));
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('lz4', () => {
  test('unpacks literals, copies, copies that reach into themselves', () => {
    // "ab", then 10 bytes from two before, then "c".
    expect(Buffer.from(lz4Decompress(Uint8Array.of(0x26, 97, 98, 2, 0, 0x10, 99), 13, fail)).toString()).toBe(
      'abababababa' + 'bc',
    );
    expect(Buffer.compare(lz4Decompress(lz4Packed(text), text.length, fail), text)).toBe(0);
    expect(lz4Packed(text).length).toBeLessThan(text.length / 2);
    expect(lz4Decompress(Uint8Array.of(0), 0, fail).length).toBe(0);
  });

  test('whatever the bytes are', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(spoilt([lz4Packed(text.subarray(0, 500))]), fc.uint8Array({ maxLength: 60 })),
        fc.oneof(fc.nat(600), fc.nat(2 ** 31)),
        (bytes, size) => expectRefusal(() => expect(lz4Decompress(bytes, size, fail).length).toBe(size)),
      ),
      RUNS,
    ));
});
