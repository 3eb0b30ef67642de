import type { GivenFile } from '../../core/data/given-file.ts';
import type { LeftOut } from '../../core/data/photographs.ts';
import { phraseOf, sentence } from '../../language/sentence.ts';
import { bytesIn } from '../import/tables/table-blocks.ts';
import { noColumn } from '../import/tables/table-files.ts';
import { type ImageRows, labelText, tooManyBytes } from '../import/tables/table-rows.ts';
import { imageColumns, labelColumns } from '../parquet/image-columns.ts';
import type { Column } from '../parquet/schema.ts';
import { blobSource, openTable, type RowGroup, type Table } from '../parquet/table.ts';
import { parquetError } from '../parquet/thrift.ts';
import { MOST_CHUNK_BYTES, type RowValue, readColumnValues, Several } from '../parquet/values.ts';
import { mayBeReadLater } from '../unreadable.ts';
import type { Missed } from './photo-files.ts';

/** A row with an image and the text of its label. */
export interface LabelledRow {
  readonly group: RowGroup;
  /** Its place in the row group. */
  readonly row: number;
  readonly path: string;
  readonly label: string;
}

/** The bytes of a row's image file, or why there are none. */
export type RowImage = { readonly row: number } & ({ readonly bytes: Uint8Array } | Missed);

/** Photographs in a Parquet file: its first column of images and its first column of labels. */
export class PhotoTable {
  readonly #table: Table;
  readonly #columns: ImageRows;

  private constructor(table: Table, columns: ImageRows) {
    this.#table = table;
    this.#columns = columns;
  }

  /**
   * Reads the file's footer. Rejects with a `DataError` where it has no images or no labels, or too many bytes in a row group
   * to read them later.
   */
  static async open({ path, blob }: GivenFile, signal: AbortSignal): Promise<PhotoTable> {
    const table = await openTable(blobSource(blob, path), signal);
    const [image] = imageColumns(table);
    if (image === undefined) throw noColumn(path, table, 'images');
    const label = labelColumns(table).find(({ name }) => name !== image.name);
    if (label === undefined) throw noColumn(path, table, 'labels');
    const sizes = table.groups.flatMap((group) => [image, label].map(({ column }) => bytesIn(group, [column])));
    const largest = sizes.reduce((most, bytes) => Math.max(most, bytes), 0);
    if (largest > MOST_CHUNK_BYTES) throw tooManyBytes(path, largest);
    return new PhotoTable(table, { image, label });
  }

  /** The names that the file gives its classes, whose places its labels are; null if it gives none. */
  get classes(): readonly string[] | null {
    return this.#columns.label.classes;
  }

  /** Reads the labels of all rows; `onLeftOut` hears of rows without one. */
  async *rows(onLeftOut: (file: LeftOut) => void, signal: AbortSignal): AsyncGenerator<LabelledRow> {
    const { label } = this.#columns;
    let before = 0;
    for (const group of this.#table.groups) {
      const values = await this.#values(group, label.column, signal);
      for (let row = 0; row < group.rows; row++) {
        const path = `${this.#table.source.name}, ${before + row}`;
        const { text, problem } = labelText(values[row] ?? null, label);
        if (problem === null) yield { group, row, path, label: text };
        else onLeftOut({ path, reason: problem });
      }
      before += group.rows;
    }
  }

  /** The bytes of images of a row group, or why there are none. Rejects only where `signal` is aborted. */
  async *images(group: RowGroup, rows: readonly number[], signal: AbortSignal): AsyncGenerator<RowImage> {
    let values: readonly RowValue[] = [];
    let missed: Missed = { bytes: null, reason: sentence('data.image.none'), isForNow: false };
    try {
      values = await this.#values(group, this.#columns.image.column, signal);
    } catch (error) {
      signal.throwIfAborted();
      missed = { bytes: null, reason: phraseOf(error), isForNow: mayBeReadLater(error) };
    }
    for (const row of rows) {
      const value = values[row] ?? null;
      const bytes = value instanceof Several ? value.first : value;
      yield { row, ...(bytes instanceof Uint8Array ? { bytes } : missed) };
    }
  }

  async #values(group: RowGroup, column: Column, signal: AbortSignal): Promise<readonly RowValue[]> {
    const { source } = this.#table;
    const chunk = group.chunks.get(column.path);
    const fail = parquetError(source.name);
    if (chunk === undefined) throw fail(sentence('formats.parquet.noColumn', { column: column.path }));
    const bytes = await source.read(chunk.from, chunk.to, signal);
    return readColumnValues(bytes, { column, codec: chunk.codec, rows: group.rows }, fail);
  }
}
