import type { Fail } from './fault.ts';
import { readRuns } from './runs.ts';
import type { Column } from './schema.ts';
import { numberAt, structAt, ThriftReader, type ThriftStruct } from './thrift.ts';
import { unpackPage } from './unpack-page.ts';

/** A value of a row: bytes as they are, or a whole number. */
export type Value = Uint8Array | number;

// As parquet.thrift numbers them.
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const PLAIN = 0;
const DICTIONARIES = [2, 8];
const ENCODINGS: Readonly<Record<number, string>> = {
  3: 'RLE',
  4: 'BIT_PACKED',
  5: 'DELTA_BINARY_PACKED',
  6: 'DELTA_LENGTH_BYTE_ARRAY',
  7: 'DELTA_BYTE_ARRAY',
  9: 'BYTE_STREAM_SPLIT',
};

const MOST_HEADER_VALUES = 200;
/** Of one column of one row group, unpacked. */
export const MOST_CHUNK_BYTES = 256 * 2 ** 20;

export interface ChunkShape {
  readonly column: Column;
  readonly codec: string;
  /** How many rows its row group has. */
  readonly rows: number;
}

/**
 * The values of one column of one row group, null where a row has none. They are read from its pages: a dictionary, and
 * data of either version, PLAIN or by the dictionary, which is how images and labels are written. Every length is held
 * against what is there before anything is made of it. Throws what `fail` makes of the fault.
 */
export async function readValues(
  bytes: Uint8Array,
  { column, codec, rows }: ChunkShape,
  fail: Fail,
): Promise<readonly (Value | null)[]> {
  const values: (Value | null)[] = [];
  let dictionary: readonly Value[] | null = null;
  let unpacked = 0;
  for (let at = 0; at < bytes.length && values.length < rows; ) {
    const reader = new ThriftReader(bytes, at, MOST_HEADER_VALUES, fail);
    const header = reader.struct();
    const [kind, size, packed] = [numberAt(header, 1), numberAt(header, 2), numberAt(header, 3)];
    if (!(packed >= 0 && packed <= bytes.length - reader.at)) {
      throw fail(
        `has a page of ${column.path} that declares ${packed} bytes where ${bytes.length - reader.at} are left`,
      );
    }
    unpacked += size;
    if (!(size >= 0 && unpacked <= MOST_CHUNK_BYTES)) {
      throw fail(`has pages of ${column.path} that would take ${unpacked} bytes`);
    }
    const body = bytes.subarray(reader.at, reader.at + packed);
    at = reader.at + packed;
    if (kind === DICTIONARY_PAGE) {
      const about = structAt(header, 7);
      dictionary = readPlain(await unpackPage(body, codec, size, fail), column.type, numberAt(about, 1), fail);
    } else if (kind === DATA_PAGE || kind === DATA_PAGE_V2) {
      const page = await (kind === DATA_PAGE
        ? pageOf(structAt(header, 5), body, { column, codec, size, fail })
        : pageOfV2(structAt(header, 8), body, { column, codec, size, fail }));
      if (!(page.count >= 0 && page.count <= rows - values.length)) {
        throw fail(`has a page of ${column.path} with ${page.count} values for ${rows - values.length} rows`);
      }
      for (const value of rowsOf(page, column, dictionary, fail)) values.push(value);
    }
  }
  if (values.length < rows) throw fail(`has ${values.length} values of ${column.path} for ${rows} rows`);
  return values;
}

interface Page {
  readonly count: number;
  readonly encoding: number;
  /** The runs that say which values are there; empty where all are. */
  readonly levels: Uint8Array;
  readonly data: Uint8Array;
}

interface PageShape {
  readonly column: Column;
  readonly codec: string;
  /** Bytes that it has when it is unpacked. */
  readonly size: number;
  readonly fail: Fail;
}

async function pageOf(about: ThriftStruct | null, body: Uint8Array, shape: PageShape): Promise<Page> {
  const { column, codec, size, fail } = shape;
  const page = await unpackPage(body, codec, size, fail);
  let data = page;
  let levels = page.subarray(0, 0);
  if (column.levels > 0) {
    const length = page.length < 4 ? Number.NaN : new DataView(page.buffer, page.byteOffset).getUint32(0, true);
    if (!(length <= page.length - 4)) throw fail(`has a page of ${column.path} that is cut short`);
    levels = page.subarray(4, 4 + length);
    data = page.subarray(4 + length);
  }
  return { count: numberAt(about, 1), encoding: numberAt(about, 2), levels, data };
}

/** In this version the levels lie before what is packed, and their length in the header. */
async function pageOfV2(about: ThriftStruct | null, body: Uint8Array, shape: PageShape): Promise<Page> {
  const { column, codec, size, fail } = shape;
  const [length, repetitions] = [numberAt(about, 5, 0), numberAt(about, 6, 0)];
  if (!(length >= 0 && length <= Math.min(size, body.length)) || repetitions !== 0) {
    throw fail(`has a page of ${column.path} that is cut short`);
  }
  const packed = body.subarray(length);
  const isPacked = about?.get(7) !== false && size > length;
  const data = await unpackPage(packed, isPacked ? codec : 'UNCOMPRESSED', size - length, fail);
  return { count: numberAt(about, 1), encoding: numberAt(about, 4), levels: body.subarray(0, length), data };
}

/** The values of a page, null where there is none. */
function rowsOf(
  { count, encoding, levels, data }: Page,
  column: Column,
  dictionary: readonly Value[] | null,
  fail: Fail,
): readonly (Value | null)[] {
  // A value is there where nothing on the way to it is missing.
  const depths = column.levels === 0 ? null : readRuns(levels, 32 - Math.clz32(column.levels), count, fail);
  const there = depths === null ? count : depths.reduce((sum, depth) => sum + (depth === column.levels ? 1 : 0), 0);
  const present = presentOf(there, encoding, data, column, dictionary, fail);
  if (depths === null) return present;
  let next = 0;
  return Array.from(depths, (depth) => (depth === column.levels ? (present[next++] ?? null) : null));
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
  if (encoding === PLAIN) return readPlain(data, column.type, count, fail);
  if (!DICTIONARIES.includes(encoding)) {
    throw fail(
      `has column ${column.path} in the encoding ${ENCODINGS[encoding] ?? encoding}, which cannot be read here`,
    );
  }
  if (dictionary === null) throw fail(`has no dictionary for column ${column.path}`);
  const [width] = data;
  if (width === undefined) throw fail(`has a page of ${column.path} that is cut short`);
  return Array.from(readRuns(data.subarray(1), width, count, fail), (place) => {
    const value = dictionary[place];
    if (value === undefined) throw fail(`has no value ${place} in the dictionary of column ${column.path}`);
    return value;
  });
}

/** Values one behind the other, bytes with their length before them. */
function readPlain(bytes: Uint8Array, type: Column['type'], count: number, fail: Fail): readonly Value[] {
  const least = type === 'int64' ? 8 : 4;
  if (!(count >= 0 && count * least <= bytes.length)) {
    throw fail(`declares ${count} values where ${bytes.length} bytes are left`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'int32') return Array.from({ length: count }, (_, nth) => view.getInt32(4 * nth, true));
  if (type === 'int64') return Array.from({ length: count }, (_, nth) => Number(view.getBigInt64(8 * nth, true)));
  const values: Uint8Array[] = [];
  for (let at = 0; values.length < count; ) {
    const length = at + 4 > bytes.length ? Number.NaN : view.getUint32(at, true);
    if (!(length <= bytes.length - at - 4)) throw fail('has a value that is cut short');
    values.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return values;
}
