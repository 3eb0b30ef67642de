import { baseName, folderOfFile, normalisePath } from '../import/sets/paths.ts';
import { INDEX } from './class-matcher.ts';
import { type ImagePaths, stem } from './image-paths.ts';

/** Headings of the column of files, and of that of labels, the best first. */
const FILE_HEADINGS = [
  /^(file|path|image|img)([ _]?(name|path|id))?$/i,
  /^(文件|图片|图像|照片)(名|名称|路径)?$|^路径$/,
  /^(id|name)$/i,
];
const LABEL_HEADINGS = [
  /^(wnid|synset|wordnet([ _]?id)?)$/i,
  /^(label|class|category|target)s?([ _]?(name|id|index))?$/i,
  /^(标签|类别|分类)(名|名称|编号)?$/,
  /^prediction[ _]?string$/i,
];

/** A cell that may be a size, a place or a score as well as a label. */
const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/**
 * Labels of image files by name: a CSV file with the columns file and label, separated by commas, semicolons or tabs, with or
 * without headings, or lines of a file's name, a space and a label.
 */
export class LabelTable {
  /**
   * Whether it says where the labels are, by headings or by having nothing but a name and a label, so that they are no captions,
   * authors or parts of a set.
   */
  readonly isTold: boolean;
  readonly #folder: string;
  /** The last parts of the names of files, with and without endings. */
  readonly #names = new Set<string>();
  readonly #whole = new PathEnds();
  /** Without the endings of files, where they were written with a folder or an ending. */
  readonly #stems = new PathEnds();
  /** Names that may as well be something else. */
  readonly #words = new PathEnds();

  /** `own` is the table's own path. */
  constructor(own: string, text: string) {
    this.#folder = folderOfFile(own);
    const { isTold, rows } = rowsOf(text);
    this.isTold = isTold;
    if (isListOfClasses(rows)) return;
    for (const [file, label] of rows) {
      const path = normalisePath(file) ?? file;
      const name = baseName(path);
      this.#names.add(name).add(stem(name));
      this.#whole.add(path, label);
      const isFile = path.includes('/') || stem(path) !== path;
      for (const name of new Set([path, stem(path)])) (isFile ? this.#stems : this.#words).add(name, label);
    }
  }

  /**
   * The labels of those image files that the table names: of those in its own folder or below, where it names any there,
   * else of all, since other folders may have files of the same names. It may leave out leading folders, or name some around
   * the folder that all of the images are in. It may leave out the endings of files; names without folders, too, have to be
   * those of most images in a folder.
   */
  labelsOf(images: ImagePaths): ReadonlyMap<string, string> {
    const beside = this.#labelsIn(this.#folder, images);
    return beside.size > 0 || this.#folder === '' ? beside : this.#labelsIn('', images);
  }

  #labelsIn(top: string, images: ImagePaths): ReadonlyMap<string, string> {
    const labels = new Map<string, string>();
    const folders = new Map<string, (readonly [path: string, label: string])[]>();
    for (const path of images.mayBeCalled(this.#names, top)) {
      const bare = stem(path);
      const label = this.#whole.labelOf(path, images.around) ?? this.#stems.labelOf(bare, images.around);
      if (label !== null) labels.set(path, label);
      const word = label === null ? this.#words.labelOf(baseName(bare), 0) : null;
      if (word === null) continue;
      const found = folders.get(folderOfFile(path)) ?? [];
      folders.set(folderOfFile(path), found);
      found.push([path, word]);
    }
    for (const [folder, found] of folders) {
      if (2 * found.length <= images.countIn(folder)) continue;
      for (const [path, label] of found) labels.set(path, label);
    }
    return labels;
  }
}

/** Whether the rows are numbers with a name each that no other has: of classes, not of images. */
function isListOfClasses(rows: readonly (readonly [file: string, label: string])[]): boolean {
  return new Set(rows.map(([, label]) => label)).size === rows.length && rows.every(([file]) => INDEX.test(file));
}

/** Labels by the paths that they are written with, and by the last parts of those. */
class PathEnds {
  readonly #labels = new Map<string, string>();
  /** By the number of parts; null where several of the paths end alike and have other labels. */
  readonly #byEnd = new Map<number, Map<string, string | null>>();

  add(path: string, label: string): void {
    this.#labels.set(path, label);
  }

  /** The label of a path that ends as this one does: of one that may lack folders, or have others than the first `around`. */
  labelOf(path: string, around: number): string | null {
    const parts = path.split('/');
    for (let from = 0; from < parts.length; from++) {
      const label = this.#labels.get(parts.slice(from).join('/'));
      if (label !== undefined) return label;
    }
    return this.#endsOf(parts.length - around).get(parts.slice(around).join('/')) ?? null;
  }

  #endsOf(length: number): ReadonlyMap<string, string | null> {
    const known = this.#byEnd.get(length);
    if (known !== undefined) return known;
    const ends = new Map<string, string | null>();
    for (const [path, label] of this.#labels) {
      const parts = path.split('/');
      if (parts.length < length) continue;
      const end = parts.slice(-length).join('/');
      const before = ends.get(end);
      ends.set(end, before === undefined || before === label ? label : null);
    }
    this.#byEnd.set(length, ends);
    return ends;
  }
}

function rowsOf(text: string) {
  const table = text.replace(/^\ufeff/, '');
  const separator = separatorOf(table);
  let columns: readonly [number, number] | null = null;
  let isHeaded = false;
  const rows: (readonly [file: string, label: string])[] = [];
  for (const cells of separator === null ? spacedOf(table) : recordsOf(table, separator)) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (columns === null) {
      const headed = headedColumns(cells);
      columns = headed ?? [0, 1];
      isHeaded = headed !== null;
      if (isHeaded) continue;
    }
    const [file, label] = columns.map((column) => cells[column]?.trim() ?? '');
    if (file === undefined || label === undefined || file === '' || label === '') continue;
    // Without headings, a number among others is as likely the corner of a box.
    if (isHeaded || cells.length === 2 || !NUMBER.test(label)) rows.push([file, label]);
  }
  return { isTold: isHeaded || separator === null, rows };
}

/** The separator of the first line, which is none where it is in quotes. */
function separatorOf(text: string): string | null {
  const line = (/\S.*/.exec(text)?.[0] ?? '').replace(/(^|[\t;,])("[^"]*")+/g, '$1');
  return ['\t', ';', ','].find((each) => line.includes(each)) ?? null;
}

function headedColumns(cells: readonly string[]): readonly [number, number] | null {
  const columnOf = (headings: readonly RegExp[]) => {
    for (const heading of headings) {
      const column = cells.findIndex((cell) => heading.test(cell.trim()));
      if (column >= 0) return column;
    }
    return -1;
  };
  const [file, label] = [columnOf(FILE_HEADINGS), columnOf(LABEL_HEADINGS)];
  return file >= 0 && label >= 0 && file !== label ? [file, label] : null;
}

/** Lines cut at their last spaces. */
function spacedOf(text: string): readonly (readonly string[])[] {
  return text.split(/[\r\n]+/).map((line) => {
    const trimmed = line.trim();
    const at = trimmed.lastIndexOf(' ');
    return at < 0 ? [trimmed] : [trimmed.slice(0, at), trimmed.slice(at + 1)];
  });
}

/**
 * The cells of each record (RFC 4180): those in quotes may hold separators, line breaks, and quotes twice. After a quote that
 * is never closed quotes are text.
 */
function* recordsOf(text: string, separator: string): Generator<readonly string[]> {
  const ends = new RegExp(`[${separator}\\r\\n]|$`, 'g');
  let hasQuotes = true;
  let cells: string[] = [];
  for (let at = 0; at < text.length; ) {
    const isQuoted = hasQuotes && text[at] === '"';
    const closing = isQuoted ? closingQuote(text, at) : -1;
    if (isQuoted && closing < 0) hasQuotes = false;
    ends.lastIndex = Math.max(at, closing + 1);
    const end = ends.exec(text)?.index ?? text.length;
    cells.push(closing < 0 ? text.slice(at, end) : text.slice(at + 1, closing).replaceAll('""', '"'));
    at = end + 1;
    if (text[end] === separator) continue;
    yield cells;
    cells = [];
  }
  if (cells.length > 0) yield cells;
}

/** Where the quote is that closes the one at `at`; -1 for nowhere. */
function closingQuote(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
}
