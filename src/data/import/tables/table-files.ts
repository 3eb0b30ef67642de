import type { GivenFile } from '../../../core/data/given-file.ts';
import type { TableChoice, TableSplit } from '../../../core/data/library.ts';
import { printable } from '../../../core/quote.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, NamedDataError, named } from '../../dataset.ts';
import { imageColumns, labelColumns } from '../../parquet/image-columns.ts';
import { type Columns, describeColumns } from '../../parquet/schema.ts';
import { type ByteSource, blobSource, openTable, type Table } from '../../parquet/table.ts';
import { MOST_CLASSES } from '../sets/imported-dataset.ts';
import { baseName, normalisePath, plainName, sharedFolders } from '../sets/paths.ts';
import { splitWord, withoutSplit } from '../sets/split-name.ts';
import type { ImageRows } from './table-rows.ts';

/** The error for a table without a column of images or labels: lists its columns and the expected type. */
export function noColumn(name: string, columns: Columns, of: 'images' | 'labels'): DataError {
  const key = of === 'images' ? 'data.table.noImages' : 'data.table.noLabels';
  return tableFault(name, sentence(key, { columns: describeColumns(columns) }));
}

/** The error that a table cannot be used. */
function tableFault(name: string, problem: Sentence): DataError {
  return new NamedDataError(sentence('data.what.dataset'), name, problem, sentence('data.table.saveImages'));
}

/** The error for a table with more than `MOST_CLASSES` classes. */
export function tooManyClasses(name: string, classes: number): DataError {
  return tableFault(name, sentence('data.table.classes', { classes, most: MOST_CLASSES }));
}

/** No image of the part that was chosen for testing can be used. */
export class NoTestError extends DataError {
  constructor(name: string, split: string) {
    const problem = sentence('data.table.noTest', { split: printable(split) });
    super(sentence('data.what.dataset'), named(printable(name), problem), sentence('data.table.testElse'));
  }
}

/** The Parquet files of a data set by config and split. Reads each footer once. */
export class TableFiles {
  readonly folder: TableFolder;
  readonly #tables = new Map<ByteSource, Table>();

  constructor(folder: TableFolder) {
    this.folder = folder;
  }

  of(config: string, split?: string): readonly TableEntry[] {
    const { entries } = this.folder;
    return entries.filter((each) => each.config === config && (split === undefined || each.split === split));
  }

  async open({ source }: TableEntry, signal: AbortSignal): Promise<Table> {
    const known = this.#tables.get(source);
    if (known !== undefined) return known;
    const table = await openTable(source, signal);
    this.#tables.set(source, table);
    return table;
  }

  /** The first file with rows, or where none has any the first: Spark writes its first file even where it has none. */
  async first(config: string, split: string, signal: AbortSignal): Promise<Table> {
    let first: Table | null = null;
    for (const file of this.of(config, split)) {
      const table = await this.open(file, signal);
      if (table.rows > 0) return table;
      first ??= table;
    }
    if (first === null) throw tableFault(this.folder.name, sentence('data.table.noPart', { split }));
    return first;
  }

  /** Number of rows: exact for local files and for a single one, otherwise estimated from the first file with rows. */
  async split(config: string, split: string, signal: AbortSignal): Promise<TableSplit> {
    const files = this.of(config, split);
    const { rows, source } = await this.first(config, split, signal);
    if (this.folder.source === 'files') {
      let all = 0;
      for (const file of files) all += (await this.open(file, signal)).rows;
      return { name: split, rows: all, exact: true };
    }
    const bytes = files.reduce((sum, file) => sum + file.source.size, 0);
    return { name: split, rows: Math.round((rows * bytes) / source.size), exact: files.length === 1 };
  }

  /** The chosen columns. Throws a `DataError` if they are missing or have too many classes. */
  async columns({ config, train, image, label }: TableChoice, signal: AbortSignal): Promise<ImageRows> {
    const { name } = this.folder;
    const table = await this.first(config, train, signal);
    const images = imageColumns(table).find((each) => each.name === image);
    const labels = labelColumns(table).find((each) => each.name === label);
    if (images === undefined) throw tableFault(name, sentence('data.table.noImageColumn', { column: image }));
    if (labels === undefined) throw tableFault(name, sentence('data.table.noLabelColumn', { column: label }));
    const { classes } = labels;
    if (classes !== null && classes.length > MOST_CLASSES) throw tooManyClasses(name, classes.length);
    return { image: images, label: labels };
  }
}

/** Parquet files that belong together. */
export interface TableFolder {
  readonly name: string;
  readonly source: 'hub' | 'files';
  /** Whether there is more of the set than these. */
  readonly partial: boolean;
  readonly entries: readonly TableEntry[];
}

/** One Parquet file of a data set. */
export interface TableEntry {
  /** The configuration of the set that it belongs to. */
  readonly config: string;
  /** The split, such as "train". */
  readonly split: string;
  readonly source: ByteSource;
}

/**
 * The user's Parquet files. The split of a file is taken from its name (`train-00000-of-00002.parquet`), otherwise from
 * the nearest folder that names one; a file that says nothing is to be learnt from. Files whose names and folders say
 * something else beside that are versions of their own, among which one is chosen; a browser's mark of a copy says nothing
 * where the files have different names without it.
 */
export function folderOf(files: readonly GivenFile[], name: string): TableFolder {
  const names = files.map(({ path }) => (normalisePath(path) ?? path).replace(/\.parquet$/i, ''));
  const plain = names.map((each) => [...each.split('/').slice(0, -1), plainName(baseName(each))].join('/'));
  const entries = files.map(({ path, blob }, nth) => {
    const [own = '', bare = ''] = [names[nth], plain[nth]];
    const parts = (plain.indexOf(bare) === plain.lastIndexOf(bare) ? bare : own).split('/');
    const split = parts.map(splitWord).findLast((word) => word !== null) ?? 'train';
    const config = parts.map(withoutSplit).filter((part) => part !== '' && part !== 'data');
    return { config: config.join('/'), split, source: blobSource(blob, path) };
  });
  const shared = sharedFolders(entries.map(({ config }) => config.split('/')));
  const short = entries.map((entry) => {
    return { ...entry, config: entry.config.split('/').slice(shared).join('/') || 'default' };
  });
  return { name, source: 'files', partial: false, entries: short };
}
