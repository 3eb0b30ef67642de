import { printable } from '../../../core/quote.ts';
import { wait } from '../../../core/wait.ts';
import { type Phrase, type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, reasonOf } from '../../dataset.ts';
import { PICTURE_BYTES, PICTURE_SIZE } from '../../decoded-images.ts';
import type { ImageColumn, LabelColumn } from '../../parquet/image-columns.ts';
import type { Column } from '../../parquet/schema.ts';
import type { RowGroup, Table } from '../../parquet/table.ts';
import { parquetError } from '../../parquet/thrift.ts';
import { MOST_CHUNK_BYTES, type RowValue, readColumnValues, Several } from '../../parquet/values.ts';
import type { DecodeImage } from '../decode-image.ts';
import { fitted } from '../resize.ts';
import { bytesIn, type PlacedGroup, rangesOf } from './table-blocks.ts';

/** What the rows of a row group came to. */
export interface Piece {
  /** RGB bytes, [count, 32, 32, 3]. */
  readonly images: Uint8Array;
  /** The name of each image's class, and its row in the group. */
  readonly names: readonly string[];
  readonly rows: readonly number[];
  readonly skipped: readonly { readonly row: number; readonly reason: Phrase }[];
  /** How many of the group's rows were processed: the first of `rowsOf`. */
  readonly read: number;
}

/** The image column and the label column of a table. */
export interface ImageRows {
  readonly image: ImageColumn;
  readonly label: LabelColumn;
}

/** Options of decoding the images of a row group. */
export interface RowOptions {
  readonly decodeImage: DecodeImage;
  readonly signal: AbortSignal;
  /** Hears of rows that were looked at. */
  readonly onRows: (rows: number) => void;
}

/** Rows between two pauses in which the worker handles its messages. */
const BREATH = 128;

/** The error that a row group, of which no part can be read alone, is too large. */
export function tooManyBytes(file: string, bytes: number): DataError {
  const problem = sentence('data.table.block', { file: printable(file), megabytes: Math.round(bytes / 1e6) });
  return new DataError(sentence('data.what.dataset'), problem, sentence('data.table.smallerGroups'));
}

/** The bytes of the columns of a table's row groups, each at its place in the file. Rejects with a named error. */
export async function fetchBlock(
  { table, groups }: { readonly table: Table; readonly groups: readonly RowGroup[] },
  { image, label }: ImageRows,
  signal: AbortSignal,
) {
  const { source } = table;
  const columns = [image.column, label.column];
  const ranges = rangesOf(groups, columns);
  const bytes = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  if (bytes > MOST_CHUNK_BYTES) {
    throw tooManyBytes(source.name, Math.max(...groups.map((group) => bytesIn(group, columns))));
  }
  const pieces: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  for (const [from, to] of ranges) pieces.push({ from, bytes: await source.read(from, to, signal) });
  return pieces;
}

/** Bytes of both columns. */
export type Fetched = Awaited<ReturnType<typeof fetchBlock>>;

const GOLDEN = (1 + Math.sqrt(5)) / 2;

/**
 * At most `most` of the rows of a group, ascending. A file may be sorted by class, or its classes may take turns. By the
 * fractions of their multiples of the golden ratio, the first rows are as evenly from all over the group as from any of every
 * two, three or ten rows of the file. Fewer are always among more.
 */
export function rowsOf({ group, row: first }: Pick<PlacedGroup, 'group' | 'row'>, most: number): readonly number[] {
  const rows = Array.from({ length: group.rows }, (_, row) => row);
  const places = Float64Array.from(rows, (row) => ((first + row) * GOLDEN) % 1);
  const end = places.toSorted()[most] ?? 1;
  return rows.filter((row) => (places[row] ?? 1) < end);
}

/** What the first `most` rows of a group came to, of a piece that has no fewer. */
export function beginningOf(piece: Piece, placed: PlacedGroup, most: number): Piece {
  if (piece.read <= most) return piece;
  const rows = new Set(rowsOf(placed, most));
  const skipped = piece.skipped.filter(({ row }) => rows.has(row));
  return { ...partOf(piece, (row) => rows.has(row)), skipped, read: most };
}

/** Those images of a piece that are kept. */
export function partOf(piece: Piece, isKept: (row: number, name: string) => boolean): Piece {
  const { images, names, rows } = piece;
  const kept = rows.flatMap((row, nth) => (isKept(row, names[nth] ?? '') ? [nth] : []));
  if (kept.length === rows.length) return piece;
  const some = new Uint8Array(kept.length * PICTURE_BYTES);
  for (const [at, nth] of kept.entries()) {
    some.set(images.subarray(nth * PICTURE_BYTES, (nth + 1) * PICTURE_BYTES), at * PICTURE_BYTES);
  }
  return {
    ...piece,
    images: some,
    names: kept.map((nth) => names[nth] ?? ''),
    rows: kept.map((nth) => rows[nth] ?? 0),
  };
}

/** What a row of a group is called, by its place in the file. */
export function rowName({ table, row: first }: PlacedGroup, row: number): Sentence {
  return sentence('data.row.of', { row: first + row, file: printable(table.source.name) });
}

/** Decodes `most` rows of a row group. What has no label or no image is left out, with the reason. Throws a `DataError`. */
export async function readRows(
  placed: PlacedGroup,
  fetched: Fetched,
  { image, label }: ImageRows,
  most: number,
  { decodeImage, signal, onRows }: RowOptions,
): Promise<Piece> {
  const { table, group } = placed;
  const { source } = table;
  const valuesOf = ({ path }: Column) => {
    const chunk = group.chunks.get(path);
    const piece = fetched.find(({ from, bytes }) => {
      return chunk !== undefined && from <= chunk.from && chunk.to <= from + bytes.length;
    });
    const column = table.columns.get(path);
    if (chunk === undefined || piece === undefined || column === undefined) {
      throw parquetError(source.name)(sentence('formats.parquet.noColumn', { column: path }));
    }
    const bytes = piece.bytes.subarray(chunk.from - piece.from, chunk.to - piece.from);
    return readColumnValues(bytes, { column, codec: chunk.codec, rows: group.rows }, parquetError(source.name));
  };
  const [files, labels] = [await valuesOf(image.column), await valuesOf(label.column)];
  const wanted = rowsOf(placed, most);
  const images = new Uint8Array(wanted.filter((row) => files[row] !== null).length * PICTURE_BYTES);
  const names: string[] = [];
  const rows: number[] = [];
  const skipped: { readonly row: number; readonly reason: Phrase }[] = [];
  for (const [nth, row] of wanted.entries()) {
    if (nth % BREATH === 0) {
      await wait();
      signal.throwIfAborted();
      onRows(Math.min(BREATH, wanted.length - nth));
    }
    const name = labelText(labels[row] ?? null, label);
    if (name.problem !== null) {
      skipped.push({ row, reason: name.problem });
      continue;
    }
    const file = files[row];
    const bytes = file instanceof Several ? file.first : file;
    if (!(bytes instanceof Uint8Array)) {
      skipped.push({ row, reason: sentence('data.image.none') });
      continue;
    }
    try {
      const image = await decodeImage(bytes, rowName(placed, row));
      images.set(fitted(image, PICTURE_SIZE), names.length * PICTURE_BYTES);
      names.push(name.text);
      rows.push(row);
    } catch (error) {
      skipped.push({ row, reason: reasonOf(error) });
    }
  }
  return { images: images.subarray(0, names.length * PICTURE_BYTES), names, rows, skipped, read: wanted.length };
}

/** The name of the class that a row's label stands for, or why it has none. */
export function labelText(value: RowValue, { classes }: LabelColumn) {
  const skipped = (problem: Sentence) => ({ text: '', problem });
  if (value === null || Number.isNaN(value)) return skipped(sentence('data.row.noLabel'));
  if (value instanceof Several) return skipped(sentence('data.row.labels', { count: value.count }));
  if (value instanceof Uint8Array) {
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(value), problem: null };
    } catch {
      return skipped(sentence('data.row.notText'));
    }
  }
  if (typeof value === 'number' && !Number.isInteger(value))
    return skipped(sentence('data.row.notWhole', { label: value }));
  if (classes === null) return { text: String(value), problem: null };
  const text = classes[Number(value)];
  return text === undefined
    ? skipped(sentence('data.set.label', { label: String(value), classes: classes.length }))
    : { text, problem: null };
}
