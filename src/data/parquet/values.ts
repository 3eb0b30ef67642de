import { printable } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import { unpackPage } from './decompress.ts';
import { decodeValues, readPlain, type Value } from './encodings.ts';
import { readRle } from './rle.ts';
import type { Column } from './schema.ts';
import { type Fail, numberAt, structAt, ThriftReader, type ThriftStruct } from './thrift.ts';

/** A list of more than one value in a row. */
export class Several {
  readonly first: Value;
  readonly count: number;

  constructor(first: Value, count: number) {
    this.first = first;
    this.count = count;
  }
}

/** The value of a row: null, one value (perhaps the only one of a list), or several. */
export type RowValue = Value | Several | null;

// As parquet.thrift numbers them.
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const DICTIONARIES = [2, 8];

const MOST_HEADER_VALUES = 200;
/** Size limit for one column of one row group, decompressed. */
export const MOST_CHUNK_BYTES = 256 * 2 ** 20;
/** Limit for the number of values in a dictionary, of which a page of empty texts can declare any number in few bytes. */
const MOST_DICTIONARY_VALUES = 2 ** 20;
/** Limit for the number of values in all lists of one column of one row group. */
const MOST_LISTED_VALUES = 2 ** 22;

/** The sizes that a column chunk must have, from the footer. */
export interface ChunkShape {
  readonly column: Column;
  readonly codec: string;
  /** Number of rows in its row group. */
  readonly rows: number;
}

/**
 * Reads the values of one column chunk, one a row or null, from its dictionary page and its data pages (version 1 or
 * 2). Every length is checked against the available bytes before anything is allocated. Rejects with the error that
 * `fail` creates.
 */
export async function readColumnValues(
  bytes: Uint8Array,
  { column, codec, rows }: ChunkShape,
  fail: Fail,
): Promise<readonly RowValue[]> {
  const pages: Entries[] = [];
  let dictionary: readonly Value[] | null = null;
  let unpacked = 0;
  let left = column.repeated ? MOST_LISTED_VALUES : rows;
  for (let at = 0; at < bytes.length && left > 0; ) {
    const reader = new ThriftReader(bytes, at, MOST_HEADER_VALUES, fail);
    const header = reader.struct();
    const [kind, size, packed] = [numberAt(header, 1), numberAt(header, 2), numberAt(header, 3)];
    if (!(packed >= 0 && packed <= bytes.length - reader.at)) {
      throw fail(
        sentence('formats.parquet.bytesLeft', {
          column: printable(column.path),
          bytes: packed,
          left: bytes.length - reader.at,
        }),
      );
    }
    unpacked += size;
    if (!(size >= 0 && unpacked <= MOST_CHUNK_BYTES)) {
      throw fail(sentence('formats.parquet.pages', { column: printable(column.path), bytes: unpacked }));
    }
    const body = bytes.subarray(reader.at, reader.at + packed);
    at = reader.at + packed;
    if (kind === DICTIONARY_PAGE) {
      const values = numberAt(structAt(header, 7), 1);
      if (!(values >= 0 && values <= MOST_DICTIONARY_VALUES))
        throw fail(sentence('formats.parquet.dictionary', { column: printable(column.path), values }));
      dictionary = readPlain(await unpackPage(body, codec, size, fail), column, values, fail);
    } else if (kind === DATA_PAGE || kind === DATA_PAGE_V2) {
      const page = await (kind === DATA_PAGE
        ? pageOf(structAt(header, 5), body, { column, codec, size, fail })
        : pageOfV2(structAt(header, 8), body, { column, codec, size, fail }));
      if (!(page.count >= 0 && page.count <= left)) {
        const found = { column: printable(column.path), values: page.count, rows: left };
        throw fail(sentence('formats.parquet.pageRows', found));
      }
      left -= page.count;
      pages.push(entriesOf(page, column, dictionary, fail));
    }
  }
  const values = column.repeated ? listed(pages) : pages.flatMap((page) => page.values);
  if (values.length !== rows)
    throw fail(sentence('formats.parquet.values', { values: values.length, column: printable(column.path), rows }));
  return values;
}

/** The entries of a page: each entry's value or null and, in lists, its repetition level (0 begins a row). */
interface Entries {
  readonly values: readonly (Value | null)[];
  readonly repetitions: Uint32Array;
}

/** One value a row of those that lie in lists: the only one, or several. */
function listed(pages: readonly Entries[]): readonly RowValue[] {
  const rows: { first: Value | null; count: number }[] = [];
  for (const { values, repetitions } of pages) {
    for (const [at, value] of values.entries()) {
      if (repetitions[at] === 0) rows.push({ first: null, count: 0 });
      const row = rows.at(-1);
      if (row === undefined || value === null) continue;
      row.first ??= value;
      row.count += 1;
    }
  }
  return rows.map(({ first, count }) => (first === null || count === 1 ? first : new Several(first, count)));
}

interface Page {
  readonly count: number;
  readonly encoding: number;
  /** The runs that say which values begin a row, where they lie in lists. */
  readonly repetitions: Uint8Array;
  /** The runs that say which values are there; empty where all are. */
  readonly levels: Uint8Array;
  readonly data: Uint8Array;
}

interface PageShape {
  readonly column: Column;
  readonly codec: string;
  /** Decompressed size in bytes. */
  readonly size: number;
  readonly fail: Fail;
}

async function pageOf(about: ThriftStruct | null, body: Uint8Array, shape: PageShape): Promise<Page> {
  const { column, codec, size, fail } = shape;
  let data = await unpackPage(body, codec, size, fail);
  /** Runs with their length before them. */
  const runs = (): Uint8Array => {
    const length = data.length < 4 ? Number.NaN : new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    if (!(length <= data.length - 4))
      throw fail(sentence('formats.parquet.pageCut', { column: printable(column.path) }));
    const bytes = data.subarray(4, 4 + length);
    data = data.subarray(4 + length);
    return bytes;
  };
  const repetitions = column.repeated ? runs() : data.subarray(0, 0);
  const levels = column.levels > 0 ? runs() : data.subarray(0, 0);
  return { count: numberAt(about, 1), encoding: numberAt(about, 2), repetitions, levels, data };
}

/** In this version the levels lie before what is packed, and their lengths in the header. */
async function pageOfV2(about: ThriftStruct | null, body: Uint8Array, shape: PageShape): Promise<Page> {
  const { column, codec, size, fail } = shape;
  const [length, repeated] = [numberAt(about, 5, 0), numberAt(about, 6, 0)];
  const both = length + repeated;
  if (!(length >= 0 && repeated >= 0 && both <= Math.min(size, body.length)) || (repeated > 0 && !column.repeated)) {
    throw fail(sentence('formats.parquet.pageCut', { column: printable(column.path) }));
  }
  const isPacked = about?.get(7) !== false;
  // Of no values some writers pack nothing, and others do not.
  const values = size === both ? body.subarray(0, 0) : body.subarray(both);
  return {
    count: numberAt(about, 1),
    encoding: numberAt(about, 4),
    repetitions: body.subarray(0, repeated),
    levels: body.subarray(repeated, both),
    data: await unpackPage(values, isPacked && size > both ? codec : 'UNCOMPRESSED', size - both, fail),
  };
}

/** The values of a page, with null for missing ones. */
function entriesOf(
  { count, encoding, repetitions, levels, data }: Page,
  column: Column,
  dictionary: readonly Value[] | null,
  fail: Fail,
): Entries {
  const starts = column.repeated ? readRle(repetitions, 1, count, fail) : new Uint32Array();
  // A value is there where nothing on the way to it is missing.
  const depths = column.levels === 0 ? null : readRle(levels, 32 - Math.clz32(column.levels), count, fail);
  const there = depths === null ? count : depths.reduce((sum, depth) => sum + (depth === column.levels ? 1 : 0), 0);
  const present = presentOf(there, encoding, data, column, dictionary, fail);
  if (depths === null) return { values: present, repetitions: starts };
  let next = 0;
  const values = Array.from(depths, (depth) => (depth === column.levels ? (present[next++] ?? null) : null));
  return { values, repetitions: starts };
}

function presentOf(
  count: number,
  encoding: number,
  data: Uint8Array,
  column: Column,
  dictionary: readonly Value[] | null,
  fail: Fail,
): readonly Value[] {
  if (count === 0) return [];
  if (!DICTIONARIES.includes(encoding)) return decodeValues(data, encoding, column, count, fail);
  if (dictionary === null) throw fail(sentence('formats.parquet.noDictionary', { column: printable(column.path) }));
  const [width] = data;
  if (width === undefined) throw fail(sentence('formats.parquet.pageCut', { column: printable(column.path) }));
  return Array.from(readRle(data.subarray(1), width, count, fail), (place) => {
    const value = dictionary[place];
    if (value === undefined) throw fail(sentence('formats.parquet.noValue', { place, column: printable(column.path) }));
    return value;
  });
}
