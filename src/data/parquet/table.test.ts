import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { type BasicType, type ColumnSource, type ParquetWriteOptions, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { lz4Packed, zstdStored } from '../../testing/data/packed.ts';
import { imagesParquet } from '../../testing/data/parquet-files.ts';
import { expectRefusal } from '../../testing/data/spoilt.ts';
import { decodeValues } from './encodings.ts';
import { labelColumns } from './image-columns.ts';
import { blobSource, openTable, type Table } from './table.ts';
import { parquetError } from './thrift.ts';
import { type RowValue, readColumnValues, Several } from './values.ts';

const fail = parquetError('a.parquet');
const open = (bytes: Uint8Array) => openTable(blobSource(new Blob([Uint8Array.from(bytes)]), 'a.parquet'));

const golden = (name: string) => readFile(new URL(`goldens/${name}.parquet`, import.meta.url));

async function columnOf(table: Table, path: string): Promise<readonly RowValue[]> {
  const values: RowValue[] = [];
  const column = table.columns.get(path);
  for (const { rows, chunks } of table.groups) {
    const chunk = chunks.get(path);
    if (column === undefined || chunk === undefined) throw new Error(`no column ${path}`);
    const bytes = await table.source.read(chunk.from, chunk.to);
    values.push(...(await readColumnValues(bytes, { column, codec: chunk.codec, rows }, fail)));
  }
  return values;
}

const textsOf = (values: readonly RowValue[]) =>
  values.map((value) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));

/** Bytes that no run can pack, of a length that changes. */
const noise = (seed: number) =>
  Uint8Array.from({ length: 20 + (seed % 50) }, (_, at) => (seed * 7919 + at * at * 31) % 251);

const rowAt = (nth: number) => ({
  image: nth % 11 === 3 ? null : nth % 3 === 0 ? Uint8Array.of(7, 7) : noise(nth),
  label: nth % 13 === 5 ? null : nth % 10,
});

test('what a writer wrote is read: gaps, dictionaries, several pages and row groups', async () => {
  const rows = Array.from({ length: 230 }, (_, nth) => rowAt(nth));
  for (const codec of ['SNAPPY', 'UNCOMPRESSED'] as const) {
    const table = await open(imagesParquet(rows, { codec, rowsInGroup: 90, pageSize: 700 }));
    expect([table.rows, table.groups.map((group) => group.rows)]).toEqual([230, [90, 90, 50]]);
    expect([...table.columns.keys()]).toEqual(['image.bytes', 'image.path', 'label']);
    expect(await columnOf(table, 'image.bytes')).toEqual(rows.map(({ image }) => image));
    expect(await columnOf(table, 'label')).toEqual(rows.map(({ label }) => label));
  }
});

// By arrow-rs 59.3 (parquet-wasm 0.8.0): pages of version 1 as pyarrow writes them, dictionaries that grow too large, row groups of 25.
test('what Arrow wrote is read', async () => {
  const rows = Array.from({ length: 60 }, (_, nth) => rowAt(nth));
  for (const codec of ['snappy', 'gzip', 'zstd']) {
    const table = await open(await golden(codec));
    expect(table.groups.map((group) => group.rows)).toEqual([25, 25, 10]);
    expect(await columnOf(table, 'image.bytes')).toEqual(rows.map(({ image }) => image));
    expect(await columnOf(table, 'label')).toEqual(rows.map(({ label }) => label));
    expect(labelColumns(table)[0]?.classes).toEqual([...'abcdefghij']);
  }
});

const written = (columnData: ColumnSource[], options: Partial<ParquetWriteOptions> = {}) =>
  open(new Uint8Array(parquetWriteBuffer({ columnData, ...options })));

test('codecs: zstd and lz4 are unpacked, others are refused by name', async () => {
  const names = Array.from({ length: 500 }, (_, nth) => `class ${(nth * nth) % 17}`);
  const column: ColumnSource[] = [{ name: 'name', data: names, type: 'STRING', nullable: false, encoding: 'PLAIN' }];
  const compressors = { ZSTD: zstdStored, LZ4_RAW: lz4Packed, BROTLI: (bytes: Uint8Array) => bytes };
  for (const codec of ['ZSTD', 'LZ4_RAW'] as const) {
    expect(textsOf(await columnOf(await written(column, { codec, compressors }), 'name'))).toEqual(names);
  }
  await expect(
    written(column, { codec: 'BROTLI', compressors }).then((table) => columnOf(table, 'name')),
  ).rejects.toThrow(
    'parquet file: a.parquet is packed by brotli, which cannot be unpacked here; choose a whole Parquet file, written',
  );
});

const numbers = Array.from({ length: 700 }, (_, nth) => (nth % 5 === 0 ? -1 : 1) * (1 + ((nth * nth * 31) % 100_003)));
const withGaps = <T>(values: readonly T[]) => values.map((value, nth) => (nth % 7 === 3 ? null : value));

describe('encodings', () => {
  const big = numbers.map((value, nth) => BigInt(value) * (nth % 3 === 0 ? 4_000_000_000_000n : 1n));
  const texts = numbers.map((value, nth) => `image/of/class-${nth % 4}/${value}`);
  test.each<[NonNullable<ColumnSource['encoding']>, BasicType, readonly unknown[]]>([
    ['DELTA_BINARY_PACKED', 'INT32', numbers],
    ['DELTA_BINARY_PACKED', 'INT64', big],
    ['DELTA_LENGTH_BYTE_ARRAY', 'STRING', texts],
    ['DELTA_BYTE_ARRAY', 'STRING', texts],
    ['BYTE_STREAM_SPLIT', 'INT32', numbers],
    ['BYTE_STREAM_SPLIT', 'INT64', big],
    ['BYTE_STREAM_SPLIT', 'FLOAT', numbers.map((value) => Math.fround(value / 7))],
    ['BYTE_STREAM_SPLIT', 'DOUBLE', numbers.map((value) => value / 7)],
    ['PLAIN', 'FLOAT', numbers],
    ['PLAIN', 'DOUBLE', numbers],
    ['PLAIN', 'BOOLEAN', numbers.map((value) => value < 0)],
    ['RLE', 'BOOLEAN', numbers.map((value) => value < 0)],
    ['RLE_DICTIONARY', 'STRING', texts],
  ])('%s of %s', async (encoding, type, values) => {
    for (const data of [values, withGaps(values)]) {
      const table = await written([{ name: 'v', data: [...data], type, encoding }], { pageSize: 900 });
      const read = await columnOf(table, 'v');
      expect(
        type === 'STRING'
          ? textsOf(read)
          : read.map((each) => (type === 'INT64' && each !== null ? BigInt(Number(each)) : each)),
      ).toEqual(data);
    }
  });

  test('whole numbers that a double does not hold are not rounded', async () => {
    const data = [2n ** 60n, 2n ** 60n + 1n, -5n];
    const table = await written([{ name: 'v', data, type: 'INT64', encoding: 'PLAIN' }]);
    expect(await columnOf(table, 'v')).toEqual([2n ** 60n, 2n ** 60n + 1n, -5]);
  });

  test('whole numbers without a sign have none', () => {
    const ones = new Uint8Array(8).fill(255);
    const read = (type: 'int32' | 'int64', unsigned: boolean) =>
      decodeValues(ones.subarray(0, type === 'int32' ? 4 : 8), 0, { path: 'v', type, unsigned }, 1, fail);
    expect([read('int32', true), read('int32', false)]).toEqual([[2 ** 32 - 1], [-1]]);
    expect([read('int64', true), read('int64', false)]).toEqual([[2n ** 64n - 1n], [-1]]);
  });

  test('differences that are damaged are refused', () => {
    const read =
      (bytes: readonly number[], count: number, type: 'int32' | 'bytes' = 'int32', encoding = 5) =>
      () =>
        decodeValues(Uint8Array.from(bytes), encoding, { path: 'v', type, unsigned: false }, count, fail);
    // 128 numbers a block of 4 miniblocks: one number, 7, without any block.
    expect(read([0x80, 1, 4, 1, 14], 1)()).toEqual([7]);
    expect(read([0x80, 1, 4, 2, 14], 1)).toThrow('has differences of numbers that are damaged');
    expect(read([0x80, 1, 0, 1, 14], 1)).toThrow('damaged');
    expect(read([0x80, 1, 3, 1, 14], 1)).toThrow('damaged');
    expect(read([0x80, 0x80, 0x80, 0x80, 4, 1, 1, 14], 1)).toThrow('damaged');
    expect(read([0x80, 1, 4, 0x80, 0x80, 0x40, 14], 2 ** 20)).toThrow('declares 1048576 values where 7 bytes are left');
    expect(read([0x80, 1, 4, 2, 14, 0, 65, 0, 0, 0, ...new Array(600).fill(1)], 2)).toThrow('damaged');
    expect(read([0x80, 1, 4, 1, 200, 1, 7], 1, 'bytes', 6)).toThrow('has a value that is cut short');
    // The first value cannot begin as one before it.
    expect(read([0x80, 1, 4, 1, 6, 0x80, 1, 4, 1, 2, 65], 1, 'bytes', 7)).toThrow('begins like none before');
    expect(read([1, 2, 3], 1, 'bytes', 9)).toThrow('has column v in the encoding BYTE_STREAM_SPLIT, which cannot be');
  });

  test('whatever the bytes are', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.from([0x80, 1, 4, ...bytes])),
        ),
        fc.constantFrom(0, 3, 5, 6, 7, 9, 77),
        fc.constantFrom('bytes', 'int32', 'int64', 'float', 'double', 'bool'),
        fc.oneof(fc.nat(200), fc.nat(2 ** 20)),
        (bytes, encoding, type, count) =>
          expectRefusal(() => {
            const values = decodeValues(bytes, encoding, { path: 'v', type, unsigned: false }, count, fail);
            expect(values.length).toBe(count);
          }),
      ),
      { numRuns: 10_000 },
    ));
});

test('a value in a list is the row’s, where there is but one', async () => {
  const table = await written([{ name: 'v', data: [[1], [2, 3], [], null, [5]] }], {
    schema: [
      { name: 'schema', num_children: 1 },
      { name: 'v', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
    ],
  });
  expect(await columnOf(table, 'v.list.element')).toEqual([1, new Several(2, 2), null, null, 5]);
  expect(labelColumns(table).map(({ name }) => name)).toEqual(['v']);
});

test('the reader of hyparquet reads the same, text and numbers too', async () => {
  const names = Array.from({ length: 500 }, (_, nth) => `class ${(nth * nth) % 17}`);
  const numbers = Array.from({ length: 500 }, (_, nth) => ((nth * 37) % 300) - 150);
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'name', data: names, type: 'STRING' },
      { name: 'number', data: numbers, type: 'INT32', nullable: false },
      { name: 'plain', data: numbers, type: 'INT32', encoding: 'PLAIN' },
      { name: 'double', data: numbers, type: 'DOUBLE' },
    ],
    rowGroupSize: 200,
  });
  const table = await open(new Uint8Array(bytes));
  const theirs = await parquetReadObjects({ file: bytes });
  const text = new TextDecoder();
  const ours = (await columnOf(table, 'name')).map((value) =>
    value instanceof Uint8Array ? text.decode(value) : value,
  );
  expect(ours).toEqual(theirs.map((row) => row.name));
  expect(await columnOf(table, 'number')).toEqual(theirs.map((row) => row.number));
  expect(await columnOf(table, 'plain')).toEqual(theirs.map((row) => row.plain));
  expect(await columnOf(table, 'double')).toEqual(theirs.map((row) => row.double));
});
