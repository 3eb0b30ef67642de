import { printable } from '../../../core/quote.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, reasonOf } from '../../dataset.ts';
import { PICTURE_BYTES, PICTURE_SIZE } from '../../decoded-images.ts';
import type { ImageColumn, LabelColumn } from '../../parquet/image-columns.ts';
import type { Column } from '../../parquet/schema.ts';
import { parquetError } from '../../parquet/thrift.ts';
import { MOST_CHUNK_BYTES, type RowValue, readColumnValues, Several } from '../../parquet/values.ts';
import type { DecodeImage } from '../decode-image.ts';
import { SkippedFiles } from '../entry.ts';
import { fitted } from '../resize.ts';
import { bytesIn, type RowBlock, rangesOf } from './table-blocks.ts';

/** Images with the names of their classes. */
export interface NamedImages {
  /** RGB bytes, [count, 32, 32, 3]. */
  readonly images: Uint8Array;
  readonly names: readonly string[];
}

/** The images that the rows of a block came to. */
export interface Piece {
  /** Images and labels of each row group. */
  readonly parts: readonly NamedImages[];
  readonly skipped: SkippedFiles;
  /** Number of the block's rows that were processed. */
  readonly rows: number;
}

/** The image column and the label column of a table. */
export interface ImageRows {
  readonly image: ImageColumn;
  readonly label: LabelColumn;
}

/** Options of decoding the images of a block. */
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

/** The bytes of a block's columns, each at its place in the file. Rejects with a named error. */
export async function fetchBlock(block: RowBlock, { image, label }: ImageRows, signal: AbortSignal) {
  const { source } = block.table;
  const columns = [image.column, label.column];
  const ranges = rangesOf(block, columns);
  const bytes = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  if (bytes > MOST_CHUNK_BYTES) {
    throw tooManyBytes(source.name, Math.max(...block.groups.map((group) => bytesIn(group, columns))));
  }
  const pieces: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  for (const [from, to] of ranges) pieces.push({ from, bytes: await source.read(from, to, signal) });
  return pieces;
}

/** The values of both columns in a block. */
export type Fetched = Awaited<ReturnType<typeof fetchBlock>>;

/** Decodes the first `most` rows of a block. What has no label or no image is left out, and said. Throws a `DataError`. */
export async function readRows(
  block: RowBlock,
  fetched: Fetched,
  { image, label }: ImageRows,
  most: number,
  { decodeImage, signal, onRows }: RowOptions,
): Promise<Piece> {
  const { source } = block.table;
  const rows = Math.min(most, block.rows);
  const parts: NamedImages[] = [];
  const skipped = new SkippedFiles();
  let row = 0;
  for (const group of block.groups) {
    if (row >= rows) break;
    const valuesOf = ({ path }: Column) => {
      const chunk = group.chunks.get(path);
      const piece = fetched.find(({ from, bytes }) => {
        return chunk !== undefined && from <= chunk.from && chunk.to <= from + bytes.length;
      });
      const column = block.table.columns.get(path);
      if (chunk === undefined || piece === undefined || column === undefined) {
        throw parquetError(source.name)(sentence('formats.parquet.noColumn', { column: path }));
      }
      const bytes = piece.bytes.subarray(chunk.from - piece.from, chunk.to - piece.from);
      return readColumnValues(bytes, { column, codec: chunk.codec, rows: group.rows }, parquetError(source.name));
    };
    const [files, labels] = [await valuesOf(image.column), await valuesOf(label.column)];
    const here = files.slice(0, rows - row).filter((file) => file !== null).length;
    const images = new Uint8Array(here * PICTURE_BYTES);
    const names: string[] = [];
    for (let nth = 0; nth < group.rows && row < rows; nth++, row++) {
      if (row % BREATH === 0) {
        await new Promise((resolve) => setTimeout(resolve));
        signal.throwIfAborted();
        onRows(Math.min(BREATH, rows - row));
      }
      const where = sentence('data.row.of', { row: block.row + row, file: printable(source.name) });
      const name = labelText(labels[nth] ?? null, label);
      if (name.problem !== null) {
        skipped.add(where, name.problem);
        continue;
      }
      const file = files[nth];
      const bytes = file instanceof Several ? file.first : file;
      if (!(bytes instanceof Uint8Array)) {
        skipped.add(where, sentence('data.image.none'));
        continue;
      }
      try {
        images.set(fitted(await decodeImage(bytes, where), PICTURE_SIZE), names.length * PICTURE_BYTES);
        names.push(name.text);
      } catch (error) {
        skipped.add(where, reasonOf(error));
      }
    }
    parts.push({ images: images.subarray(0, names.length * PICTURE_BYTES), names });
  }
  return { parts, skipped, rows: row };
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
