import { sentence } from '../../language/sentence.ts';
import { bytesOf } from '../unreadable.ts';
import { type Columns, columnsOf } from './schema.ts';
import {
  asciiOf,
  type Fail,
  numberAt,
  parquetError,
  structAt,
  structsAt,
  ThriftReader,
  type ThriftStruct,
  textAt,
} from './thrift.ts';

/** A column chunk: the byte range of one column in one row group. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
  /** Compression codec of its pages, such as "SNAPPY". */
  readonly codec: string;
}

/** A row group of a Parquet file. */
export interface RowGroup {
  readonly rows: number;
  /** By the column's path. */
  readonly chunks: ReadonlyMap<string, Chunk>;
}

/** The metadata in a Parquet file's footer: columns and row groups. */
export interface Table extends Columns {
  readonly source: ByteSource;
  readonly rows: number;
  readonly groups: readonly RowGroup[];
  /** Key-value metadata of its writer. */
  readonly notes: ReadonlyMap<string, string>;
}

const MAGIC = 'PAR1';
/** The footer's length and the magic number, with which a file ends. */
const END = 8;
/** Bytes of the first read from the end, which contains most footers. */
const FIRST_READ = 128 * 1024;
/**
 * Footers can be large: writers store the minimum and maximum of each column in each row group, which may be images.
 */
const MOST_FOOTER_BYTES = 64 * 2 ** 20;
const MOST_FOOTER_VALUES = 2 ** 20;
/** Bounds the memory for rows that a page of nulls can declare in few bytes. */
const MOST_GROUP_ROWS = 2 ** 20;

const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'];

/**
 * Reads the footer of a Parquet file (parquet.thrift: FileMetaData), which lies at its end. Throws a `DataError` that
 * names the file and the fault.
 */
export async function openTable(source: ByteSource, signal?: AbortSignal): Promise<Table> {
  const { name, size } = source;
  const fail = parquetError(name);
  if (size < MAGIC.length + END) throw fail(sentence('formats.parquet.none', { bytes: size }));
  const from = Math.max(0, size - FIRST_READ);
  const tail = await source.read(from, size, signal);
  if (asciiOf(tail.subarray(-4)) !== MAGIC) throw fail(sentence('formats.parquet.noneOrCut'));
  const length = new DataView(tail.buffer, tail.byteOffset + tail.length - END).getUint32(0, true);
  if (length > size - END - MAGIC.length || length > MOST_FOOTER_BYTES) {
    throw fail(sentence('formats.parquet.footer', { bytes: length, size }));
  }
  const begin = size - END - length;
  const footer = begin >= from ? tail.subarray(begin - from, -END) : await source.read(begin, size - END, signal);
  return tableOf(new ThriftReader(footer, 0, MOST_FOOTER_VALUES, fail).struct(), source, begin, fail);
}

function tableOf(footer: ThriftStruct, source: ByteSource, end: number, fail: Fail): Table {
  const { columns, unread } = columnsOf(structsAt(footer, 2), fail);
  const groups = structsAt(footer, 4).map((group, nth): RowGroup => {
    const rows = numberAt(group, 3);
    if (!(rows >= 0 && rows <= MOST_GROUP_ROWS))
      throw fail(sentence('formats.parquet.groupRows', { rows, group: nth }));
    return { rows, chunks: chunksOf(group, columns, end, fail) };
  });
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  if (rows !== numberAt(footer, 3))
    throw fail(sentence('formats.parquet.rows', { declared: numberAt(footer, 3), rows }));
  const notes = new Map(structsAt(footer, 5).map((note) => [textAt(note, 1), textAt(note, 2)]));
  return { source, rows, columns, unread, groups, notes };
}

function chunksOf(group: ThriftStruct, columns: Table['columns'], end: number, fail: Fail): ReadonlyMap<string, Chunk> {
  const chunks = new Map<string, Chunk>();
  for (const each of structsAt(group, 1)) {
    const about = structAt(each, 3);
    const names = about?.get(3);
    if (about === null || !Array.isArray(names)) throw fail(sentence('formats.parquet.undescribed'));
    const path = names.map(asciiOf).join('.');
    if (!columns.has(path)) continue;
    const [pages, dictionary] = [numberAt(about, 9), numberAt(about, 11, 0)];
    const from = dictionary > 0 ? Math.min(pages, dictionary) : pages;
    const to = from + numberAt(about, 7);
    if (!(from >= MAGIC.length && to > from && to <= end)) {
      throw fail(sentence('formats.parquet.column', { column: path, from, to }));
    }
    chunks.set(path, { from, to, codec: CODECS[numberAt(about, 4)] ?? 'an unknown codec' });
  }
  return chunks;
}

/** Random access to the bytes of a file, local or on a server. */
export interface ByteSource {
  /** Its name in error messages. */
  readonly name: string;
  readonly size: number;
  /** Reads exactly the bytes `from` to `to` (exclusive). Rejects with a named error. */
  read(from: number, to: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A `ByteSource` of a local file. */
export function blobSource(blob: Blob, name: string): ByteSource {
  return {
    name,
    size: blob.size,
    read: (from, to) => bytesOf(blob.slice(from, to), sentence('data.what.parquet'), name),
  };
}
