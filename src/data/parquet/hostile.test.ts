import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { imagesParquet } from '../../testing/data/parquet-files.ts';
import { expectRefusal, spoilt } from '../../testing/data/spoilt.ts';
import { snappyDecompress } from './decompress.ts';
import { readRle } from './rle.ts';
import { type ByteSource, blobSource, openTable } from './table.ts';
import { parquetError } from './thrift.ts';
import { readColumnValues } from './values.ts';

const RUNS = { numRuns: 10_000 };
const fail = parquetError('a');

const rows = Array.from({ length: 40 }, (_, nth) => ({
  image: nth % 7 === 2 ? null : Uint8Array.from({ length: 12 }, (_, at) => (nth * 31 + at * at) % 256),
  label: nth % 9 === 4 ? null : nth % 5,
}));

const FILES = [
  // Pages of version 1.
  new Uint8Array(readFileSync(new URL('goldens/snappy.parquet', import.meta.url))),
  imagesParquet(rows, { rowsInGroup: 25, pageSize: 120 }),
  imagesParquet(rows, { codec: 'UNCOMPRESSED', classes: ['a', 'b', 'c', 'd', 'e'] }),
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [{ name: 'n', data: rows.map((_, nth) => nth), type: 'INT32', nullable: false, encoding: 'PLAIN' }],
    }),
  ),
  // Packed by zstd, as differences and in lists.
  new Uint8Array(readFileSync(new URL('goldens/zstd.parquet', import.meta.url))),
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'd', data: rows.map((_, nth) => nth * nth), type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
        { name: 's', data: rows.map((_, nth) => `cat/${nth}`), type: 'STRING', encoding: 'DELTA_BYTE_ARRAY' },
        { name: 'b', data: rows.map((_, nth) => nth % 3 === 0), type: 'BOOLEAN' },
      ],
    }),
  ),
];

function sourceOf(bytes: Uint8Array): ByteSource {
  return { name: 'a', size: bytes.length, read: async (from, to) => bytes.subarray(from, to) };
}

/** All values that can be read, the columns one after another. */
async function readAll(bytes: Uint8Array): Promise<number> {
  const { groups, columns, source } = await openTable(sourceOf(bytes));
  let count = 0;
  for (const { rows, chunks } of groups) {
    for (const [path, { from, to, codec }] of chunks) {
      const column = columns.get(path);
      if (column === undefined) continue;
      count += (await readColumnValues(await source.read(from, to), { column, codec, rows }, fail)).length;
    }
  }
  return count;
}

/** The beginning of one file and the end of another. */
const spliced = fc
  .tuple(fc.constantFrom(...FILES), fc.constantFrom(...FILES), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([one, other, share]) => {
    const [first, second] = [one.subarray(0, one.length * share), other.subarray(other.length * share)];
    return Uint8Array.from([...first, ...second]);
  });

/** Changed before the footer alone, so that all get past it: pages, levels, runs, what snappy packed. */
const withSpoiltPages = fc.constantFrom(...FILES).chain((file) => {
  const pages = file.subarray(0, footerOf(file));
  return spoilt([pages]).map((changed) => {
    const bytes = file.slice();
    bytes.set(changed);
    return bytes;
  });
});

function footerOf(file: Uint8Array): number {
  return file.length - 8 - new DataView(file.buffer, file.byteOffset + file.length - 8).getUint32(0, true);
}

describe('whatever the bytes are, they are read or refused', () => {
  test('true files are read', async () => {
    expect(await Promise.all(FILES.map(readAll))).toEqual([180, 120, 120, 40, 180, 120]);
  });

  test('files with bytes changed, cut off, spliced, or that never were any', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(FILES), spliced, fc.uint8Array({ maxLength: 60 })), (bytes) =>
        expectRefusal(() => readAll(bytes)),
      ),
      RUNS,
    ));

  test('files whose pages are not what their footer says', () =>
    fc.assert(
      fc.asyncProperty(withSpoiltPages, (bytes) => expectRefusal(() => readAll(bytes))),
      RUNS,
    ));

  test('what snappy packed', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.oneof(fc.nat(200), fc.nat(2 ** 31)), (bytes, size) =>
        expectRefusal(() => expect(snappyDecompress(bytes, size, fail).length).toBe(size)),
      ),
      RUNS,
    ));

  test('runs of numbers', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.nat(40), fc.nat(2000), (bytes, width, count) =>
        expectRefusal(() => expect(readRle(bytes, width, count, fail).length).toBe(count)),
      ),
      RUNS,
    ));
});

describe('nothing is made for what is only declared', () => {
  const problem = (bytes: Uint8Array) => readAll(bytes).then(String, (error: Error) => error.message);

  test('a footer that would be longer than the file', async () => {
    const [file = new Uint8Array()] = FILES;
    const long = file.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 0xffff_fff0, true);
    expect(await problem(long)).toContain(`declares a footer of 4294967280 bytes among ${file.length}`);
    expect(await problem(file.subarray(0, -1))).toContain('it does not end with PAR1');
    expect(await problem(new Uint8Array(5))).toContain('is not a Parquet file (5 bytes)');
    await expect(openTable(blobSource(new Blob([new Uint8Array(20)]), 'b.parquet'))).rejects.toThrow('b.parquet is no');
  });

  test('a page that would be larger than all memory, a literal of less than nothing, a run without end', () => {
    expect(() => snappyDecompress(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 7, 0), 2 ** 31 - 1, fail)).toThrow(
      'snappy cannot unpack',
    );
    expect(() => snappyDecompress(Uint8Array.of(4, 63 << 2, 0xf0, 0xff, 0xff, 0xff, 1), 4, fail)).toThrow(
      'snappy cannot unpack',
    );
    expect(() => readRle(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80), 1, 8, fail)).toThrow('cut short');
    expect([...readRle(Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1), 1, 3, fail)]).toEqual([1, 1, 1]);
  });

  test('a dictionary of more values than there can be rows', async () => {
    const { columns } = await openTable(sourceOf(imagesParquet(rows)));
    const column = columns.get('image.bytes');
    if (column === undefined) throw new Error('no column');
    const varint = (value: number): number[] => (value < 128 ? [value] : [128 | (value % 128), ...varint(value >>> 7)]);
    const number = (value: number) => [0x15, ...varint(2 * value)];
    const count = 2 ** 20 + 1;
    // As Thrift writes it: kind, sizes, and in field 7 the number of values, each of which is a length of 0.
    const about = [0x4c, ...number(count), ...number(0), 0];
    const header = [...number(2), ...number(4 * count), ...number(4 * count), ...about, 0];
    const page = new Uint8Array(header.length + 4 * count);
    page.set(header);
    const shape = { column, codec: 'UNCOMPRESSED', rows: 1 };
    await expect(readColumnValues(page, shape, fail)).rejects.toThrow(
      `has a dictionary of ${count} values for column image.bytes`,
    );
  });
});
