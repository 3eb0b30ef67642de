import { readFile } from 'node:fs/promises';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { imagesParquet } from '../checks/parquet-files.ts';
import { faultOf } from './fault.ts';
import { labelColumns } from './image-columns.ts';
import { blobSource } from './source.ts';
import { openTable, type Table } from './table.ts';
import { readValues, type Value } from './values.ts';

const fail = faultOf('a.parquet');
const open = (bytes: Uint8Array) => openTable(blobSource(new Blob([Uint8Array.from(bytes)]), 'a.parquet'));

const golden = (name: string) => readFile(new URL(`goldens/${name}.parquet`, import.meta.url));

async function columnOf(table: Table, path: string): Promise<readonly (Value | null)[]> {
  const values: (Value | null)[] = [];
  const column = table.columns.get(path);
  for (const { rows, chunks } of table.groups) {
    const chunk = chunks.get(path);
    if (column === undefined || chunk === undefined) throw new Error(`no column ${path}`);
    const bytes = await table.source.read(chunk.from, chunk.to);
    values.push(...(await readValues(bytes, { column, codec: chunk.codec, rows }, fail)));
  }
  return values;
}

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
test('what Arrow wrote is read, and refused by name where it packed by what nobody unpacks here', async () => {
  const rows = Array.from({ length: 60 }, (_, nth) => rowAt(nth));
  for (const codec of ['snappy', 'gzip']) {
    const table = await open(await golden(codec));
    expect(table.groups.map((group) => group.rows)).toEqual([25, 25, 10]);
    expect(await columnOf(table, 'image.bytes')).toEqual(rows.map(({ image }) => image));
    expect(await columnOf(table, 'label')).toEqual(rows.map(({ label }) => label));
    expect(labelColumns(table)[0]?.classes).toEqual([...'abcdefghij']);
  }
  await expect(open(await golden('zstd')).then((table) => columnOf(table, 'label'))).rejects.toThrow(
    'parquet file: a.parquet is packed by zstd, which cannot be unpacked here; choose a whole Parquet file',
  );
});

test('an encoding that nobody reads here is refused by name', async () => {
  const data = Array.from({ length: 50 }, (_, nth) => nth);
  const bytes = parquetWriteBuffer({
    columnData: [{ name: 'n', data, type: 'INT32', encoding: 'DELTA_BINARY_PACKED' }],
  });
  await expect(open(new Uint8Array(bytes)).then((table) => columnOf(table, 'n'))).rejects.toThrow(
    'has column n in the encoding DELTA_BINARY_PACKED, which cannot be read here',
  );
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
  expect(table.columns.has('double')).toBe(false);
});
