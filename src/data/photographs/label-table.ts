import { baseName, normalisePath } from '../import/sets/paths.ts';

/** Headings of the column of files, and of that of labels, the best first. */
const FILE_HEADINGS = [/^(file|path|image|img)([ _]?(name|path|id))?$/i, /^(id|name)$/i];
const LABEL_HEADINGS = [
  /^(wnid|synset|wordnet([ _]?id)?)$/i,
  /^(label|class|category|target)s?([ _]?(name|id|index))?$/i,
  /^prediction[ _]?string$/i,
];

/**
 * Labels of image files by name: a CSV file with the columns file and label, separated by commas, semicolons or tabs, with or
 * without headings, or lines of a file's name, a space and a label.
 */
export class LabelTable {
  readonly #labels = new Map<string, string>();
  /** By file name without folders; null where two files have it. */
  readonly #byName = new Map<string, string | null>();

  constructor(text: string) {
    for (const [file, label] of rowsOf(text)) {
      const path = normalisePath(file) ?? file;
      this.#labels.set(path, label);
      for (const name of new Set([baseName(path), stem(baseName(path))])) {
        const before = this.#byName.get(name);
        this.#byName.set(name, before === undefined || before === label ? label : null);
      }
    }
  }

  /** Number of files that have a label. */
  get size(): number {
    return this.#labels.size;
  }

  /** The label of an image file. The table may leave out leading folders and the ending; null where it has none. */
  labelOf(path: string): string | null {
    const parts = path.split('/');
    for (let from = 0; from < parts.length; from++) {
      const end = parts.slice(from).join('/');
      const label = this.#labels.get(end) ?? this.#labels.get(stem(end));
      if (label !== undefined) return label;
    }
    const name = baseName(path);
    return this.#byName.get(name) ?? this.#byName.get(stem(name)) ?? null;
  }
}

function* rowsOf(text: string): Generator<readonly [file: string, label: string]> {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const separator = separatorOf(lines.find((line) => line.trim() !== '') ?? '');
  let columns: readonly [number, number] | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const cells = separator === null ? atLastSpace(line) : cellsOf(line, separator);
    if (columns === null) {
      const headed = headedColumns(cells);
      columns = headed ?? [0, 1];
      if (headed !== null) continue;
    }
    const [file, label] = columns.map((column) => cells[column]?.trim() ?? '');
    if (file !== undefined && label !== undefined && file !== '' && label !== '') yield [file, label];
  }
}

function separatorOf(line: string): string | null {
  const found = ['\t', ';', ','].filter((each) => line.includes(each));
  return found[0] ?? null;
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

function atLastSpace(line: string): readonly string[] {
  const text = line.trim();
  const at = text.lastIndexOf(' ');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The cells of a line (RFC 4180): those in quotes may hold separators, and quotes twice. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let at = 0;
  while (at <= line.length) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length + 1 : end + 1;
      continue;
    }
    let cell = '';
    for (at += 1; at < line.length; at += 1) {
      if (line[at] !== '"') cell += line[at];
      else if (line[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else break;
    }
    cells.push(cell);
    const end = line.indexOf(separator, at + 1);
    at = end < 0 ? line.length + 1 : end + 1;
  }
  return cells;
}

function stem(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,5}$/, '');
}
