import { mostTrained, type TableChoice, type TableOffer, testedBeside } from '../../../core/data/library.ts';
import { cutName, printable } from '../../../core/quote.ts';
import { sentence } from '../../../language/sentence.ts';
import { PICTURE_SIZE } from '../../decoded-images.ts';
import { imageColumns, type LabelColumn, labelColumns } from '../../parquet/image-columns.ts';
import type { Column } from '../../parquet/schema.ts';
import { anySignal } from '../archives/streams.ts';
import type { DecodeImage } from '../decode-image.ts';
import { SkippedFiles } from '../entry.ts';
import { sortedNames } from '../image-accumulator.ts';
import {
  countOf,
  type ImportedDataset,
  type Labelled,
  MOST_CLASSES,
  splitBySeed,
  type TestSplit,
} from '../sets/imported-dataset.ts';
import { blocksOf, bytesIn, evenly, groupsOf, type PlacedGroup, ROWS_OF_BLOCK, spread } from './table-blocks.ts';
import { NoTestError, noColumn, TableFiles, type TableFolder, tooManyClasses } from './table-files.ts';
import {
  beginningOf,
  type Fetched,
  fetchBlock,
  type ImageRows,
  type Piece,
  partOf,
  readRows,
  rowName,
} from './table-rows.ts';

/** Options of reading the chosen rows of a table. */
export interface TableReadOptions {
  readonly split: TestSplit;
  readonly signal: AbortSignal;
  /** Aborted where what is there by then is enough. */
  readonly enough: AbortSignal;
  /** Hears how much of what is wanted is read, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** Images that are read of a set by default. */
const USUAL_COUNT = 5000;

interface Used {
  readonly step: Step;
  readonly piece: Piece;
}

/**
 * Images in Parquet files: tells what is in them, and reads as many as are wanted. What was read is kept for the next
 * time, whatever became of the rest.
 */
export class TableReader {
  readonly #files: TableFiles;
  readonly #decodeImage: DecodeImage;
  readonly #pieces = new Map<string, Piece>();
  /** Bytes that have come and are not decoded yet. */
  readonly #arrived = new Map<string, Fetched>();

  constructor(folder: TableFolder, decodeImage: DecodeImage) {
    this.#files = new TableFiles(folder);
    this.#decodeImage = decodeImage;
  }

  /** The possible choices; the ones that `choice` leaves open get defaults. Throws a `DataError`. */
  async offer(wish: Partial<TableChoice>, signal: AbortSignal): Promise<TableOffer> {
    const files = this.#files;
    const { name, source, partial, entries } = files.folder;
    const configs = [...new Set(entries.map((each) => each.config))];
    const config = wished(configs, wish.config);
    const splits = [...new Set(files.of(config).map(({ split }) => split))];
    const train = wished(splits, wish.train, /^train/);
    const others = splits.filter((split) => split !== train);
    const test = wish.test === null || others.length === 0 ? null : wished(others, wish.test, /^test/, /^(val|dev)/);
    const table = await files.first(config, train, signal);
    const images = imageColumns(table);
    if (images.length === 0) throw noColumn(name, table, 'images');
    const image = wished(namesOf(images), wish.image);
    const labels = labelColumns(table).filter((each) => each.name !== image);
    if (labels.length === 0) throw noColumn(name, table, 'labels');
    const sides = {
      train: await files.split(config, train, signal),
      test: test === null ? null : await files.split(config, test, signal),
    };
    const label = wished(namesOf(labels), wish.label);
    const most = mostTrained(sides.train.rows, sides.test?.rows ?? 0);
    const count = Math.max(1, Math.min(wish.count ?? USUAL_COUNT, most));
    const choice = { config, train, test, image, label, count };
    return {
      name,
      source,
      configs,
      splits,
      images: images.map(({ name, column }) => {
        const bytes = table.groups.reduce((sum, group) => sum + bytesIn(group, [column]), 0);
        return { name, bytes: bytes / Math.max(1, table.rows) };
      }),
      labels: labels.map(({ name, classes }) => ({ name, classes: classes?.length ?? null })),
      choice,
      ...sides,
      here: this.#here(choice),
      partial,
    };
  }

  /**
   * Reads what was chosen. Throws a `DataError` or `DownloadError`, or what `signal` was aborted with; a `NoTestError` where
   * nothing of the chosen test part can be tested on.
   */
  async read(choice: TableChoice, { split, signal, enough, onProgress }: TableReadOptions): Promise<ImportedDataset> {
    const columns = await this.#files.columns(choice, signal);
    const steps = await planSteps(this.#files, choice, columns, signal);
    const wanted = steps.reduce((sum, { rows }) => sum + rows, 0);
    let read = 0;
    const onRows = (rows: number) => {
      read += rows;
      onProgress(wanted === 0 ? 1 : read / wanted);
    };
    const used: Used[] = [];
    /** The names of the classes that training images are of. */
    const learnt = new Set<string>();
    const use = (step: Step, piece: Piece) => {
      used.push({ step, piece });
      if (step.side === 'train') for (const name of piece.names) learnt.add(name);
      const found = columns.label.classes === null ? learnt.size : 0;
      if (found > MOST_CLASSES) throw tooManyClasses(this.#files.folder.name, found);
    };
    const missing: Step[] = [];
    for (const step of steps) {
      const piece = this.#pieces.get(keyOf(step, columns));
      if (piece !== undefined && piece.read >= step.rows) use(step, beginningOf(piece, step, step.rows));
      else missing.push(step);
    }
    onRows(used.reduce((sum, { step }) => sum + step.rows, 0));
    const either = anySignal([signal, enough]);
    const options = { decodeImage: this.#decodeImage, signal: either, onRows };
    try {
      for await (const step of this.#fetchAhead(missing, columns, either)) {
        const key = keyOf(step, columns);
        const piece = await readRows(step, this.#arrived.get(key) ?? [], columns, step.rows, options);
        this.#pieces.set(key, piece);
        this.#arrived.delete(key);
        use(step, piece);
      }
    } catch (error) {
      if (!enough.aborted || signal.aborted) throw error;
    }
    const set = setOf(used, columns.label, learnt, choice);
    if (choice.test === null) return { ...set, ...splitBySeed(set.train, split) };
    if (countOf(set.train) > 0 && countOf(set.test) === 0) throw new NoTestError(this.#files.folder.name, choice.test);
    return set;
  }

  /** The steps whose bytes have arrived, block by block, some of which are asked for while others are decoded. */
  async *#fetchAhead(steps: readonly Step[], columns: ImageRows, signal: AbortSignal): AsyncGenerator<Step> {
    const both = [columns.image.column, columns.label.column];
    const blocks = blocksOf(steps, both).values();
    const asked: { readonly block: readonly Step[]; readonly bytes: number; readonly fetching: Promise<void> }[] = [];
    let waiting = 0;
    const ask = () => {
      while (asked.length < MOST_AHEAD && waiting < MOST_BYTES_AHEAD) {
        const { value: block } = blocks.next();
        if (block === undefined) return;
        const fetching = this.#fetch(block, columns, signal);
        // It is awaited in its turn, or not at all.
        fetching.catch(() => {});
        const bytes = block.reduce((sum, { group }) => sum + bytesIn(group, both), 0);
        waiting += bytes;
        asked.push({ block, bytes, fetching });
      }
    };
    ask();
    for (let first = asked.shift(); first !== undefined; first = asked.shift()) {
      await first.fetching;
      waiting -= first.bytes;
      ask();
      yield* first.block;
    }
  }

  async #fetch(block: readonly Step[], columns: ImageRows, signal: AbortSignal): Promise<void> {
    const missing = block.filter((step) => !this.#arrived.has(keyOf(step, columns)));
    const [first] = missing;
    if (first === undefined) return;
    const groups = missing.map(({ group }) => group);
    const fetched = await fetchBlock({ table: first.table, groups }, columns, signal);
    for (const step of missing) this.#arrived.set(keyOf(step, columns), fetched);
  }

  /** Number of rows of this choice that have been read. */
  #here(choice: TableChoice): number {
    const { config, train, test } = choice;
    const files = this.#files.of(config).filter(({ split }) => split === train || split === test);
    const beginnings = files.map(({ source }) => `${source.name}\n${choice.image}\n${choice.label}\n`);
    let rows = 0;
    for (const [key, piece] of this.#pieces) if (beginnings.some((each) => key.startsWith(each))) rows += piece.read;
    return rows;
  }
}

/** The pieces in the order of the files, without test images of classes that nothing is learnt of. */
function setOf(
  used: readonly Used[],
  label: LabelColumn,
  learnt: ReadonlySet<string>,
  { train, test }: TableChoice,
): ImportedDataset {
  const classes = label.classes ?? sortedNames(learnt);
  const place = new Map(classes.map((each, index) => [each, index]));
  const sides: Record<Step['side'], Labelled[]> = { train: [], test: [] };
  const skipped = new SkippedFiles();
  const others = new Map<string, number>();
  for (const { step, piece } of used.toSorted(inFileOrder)) {
    for (const { row, reason } of piece.skipped) skipped.add(rowName(step, row), reason);
    for (const name of piece.names) if (!learnt.has(name)) others.set(name, (others.get(name) ?? 0) + 1);
    const { images, names } = partOf(piece, (_, name) => learnt.has(name));
    if (names.length === 0) continue;
    sides[step.side].push({ images, labels: Uint8Array.from(names, (name) => place.get(name) ?? 0) });
  }
  const reason = sentence('data.skipped.otherClass', { splits: printable(train) });
  for (const [name, count] of others) {
    skipped.add(`${test}/${cutName(name, LONGEST_NAME)}`, sentence('data.skipped.images', { count, reason }), count);
  }
  return { kind: 'Parquet', size: PICTURE_SIZE, classes: label.classes ?? shortNames(classes), ...sides, skipped };
}

const LONGEST_NAME = 100;

/**
 * Labels as names of classes, which are kept with their images: of whole sentences the beginnings, numbered where these are
 * the name of another class. Names that a file declares stay as they are: sets that are stored have their hash.
 */
function shortNames(labels: readonly string[]): readonly string[] {
  const taken = new Set(labels.filter(({ length }) => length <= LONGEST_NAME));
  return labels.map((label) => {
    if (label.length <= LONGEST_NAME) return label;
    const short = cutName(label, LONGEST_NAME);
    let name = short;
    for (let nth = 2; taken.has(name); nth++) name = `${short} (${nth})`;
    taken.add(name);
    return name;
  });
}

function inFileOrder({ step: one }: Used, { step: other }: Used): number {
  const [name, otherName] = [one.table.source.name, other.table.source.name];
  return name.localeCompare(otherName, 'en', { numeric: true }) || one.row - other.row;
}

function keyOf({ table, nth }: PlacedGroup, { image, label }: ImageRows): string {
  return `${table.source.name}\n${image.name}\n${label.name}\n${nth}`;
}

function namesOf(columns: readonly { readonly name: string }[]): readonly string[] {
  return columns.map(({ name }) => name);
}

/** The wished option if it exists, otherwise the usual one, otherwise the first. */
function wished(all: readonly string[], wish: string | undefined, ...usual: readonly RegExp[]): string {
  if (wish !== undefined && all.includes(wish)) return wish;
  for (const pattern of usual) {
    const found = all.find((each) => pattern.test(each));
    if (found !== undefined) return found;
  }
  return all[0] ?? '';
}

/** Requests that are under way at most while rows are decoded, and the bytes from which there is one. */
const MOST_AHEAD = 4;
const MOST_BYTES_AHEAD = 8 * 2 ** 20;

/** A row group, and how many of its rows are wanted. */
export interface Step extends PlacedGroup {
  readonly side: 'train' | 'test';
  readonly rows: number;
  /** Fraction of its split's wanted rows that precede its block, 0 to 1. */
  readonly before: number;
}

/** The footers of at least this many files of a part are read, so that its images are from all over it. */
const LEAST_FILES = 8;
/** Where not all rows are wanted, they come from at least as many blocks, if there are. */
const LEAST_BLOCKS = 64;
/** Bytes of files at hand that are read at most for a few rows of each of many groups. */
const MOST_SHARED = 2 ** 30;

/**
 * Plans the order of reading: blocks spread over each split, the splits in turn, so that the part that is there at any
 * time can be used. The same share is read of the test images as of the training images. Downloads are of whole row groups;
 * of files at hand, few rows of many groups are read, as many groups as there may be classes.
 */
async function planSteps(
  files: TableFiles,
  choice: TableChoice,
  columns: ImageRows,
  signal: AbortSignal,
): Promise<readonly Step[]> {
  const { config, train, test } = choice;
  const { rows: learnt } = await files.split(config, train, signal);
  const tested = test === null ? 0 : (await files.split(config, test, signal)).rows;
  const count = Math.min(choice.count, mostTrained(learnt, tested));
  const isHere = files.folder.source === 'files';
  const steps = await stepsOf('train', count);
  if (test === null) return steps;
  const part = await stepsOf('test', testedBeside(count, learnt, tested));
  return [...steps, ...part].sort((a, b) => a.before - b.before);

  async function stepsOf(side: Step['side'], wanted: number): Promise<readonly Step[]> {
    const split = side === 'train' ? train : (test ?? train);
    const entries = files.of(config, split);
    const { rows } = await files.split(config, split, signal);
    // One more than should do, since not all have the same number of rows.
    const most = Math.max(LEAST_FILES, (entries.length * wanted) / Math.max(1, rows) + 1);
    const groups: PlacedGroup[] = [];
    for (const entry of isHere ? entries : evenly(entries, most)) {
      groups.push(...groupsOf(await files.open(entry, signal)));
    }
    const both = [columns.image.column, columns.label.column];
    const blocks = spread(blocksOf(groups, both, wanted < rows ? blockRows(groups, wanted) : rows));
    const shared = new Set(isHere ? beginningWithin(blocks.flat().slice(0, MOST_CLASSES), both) : []);
    const share = Math.min(1, wanted / [...shared].reduce((sum, { group }) => sum + group.rows, 0));
    let [passed, taken] = [0, 0];
    return blocks.flatMap((block) => {
      const before = taken / wanted;
      return block.flatMap((each) => {
        passed += each.group.rows * (shared.has(each) ? share : 1);
        const some = Math.min(wanted, Math.ceil(passed)) - taken;
        taken += some;
        return some > 0 ? [{ ...each, side, rows: some, before }] : [];
      });
    });
  }
}

/**
 * Rows of a block where `wanted` rows are: those of one, two, four … row groups, so that the blocks of which a smaller part is
 * are in those of a larger one.
 */
function blockRows(groups: readonly PlacedGroup[], wanted: number): number {
  const one = Math.max(1, groups[0]?.group.rows ?? 1);
  const most = Math.min(ROWS_OF_BLOCK, wanted / LEAST_BLOCKS);
  return one * 2 ** Math.max(0, Math.floor(Math.log2(most / one)));
}

/** The first groups, as many as have no more than `MOST_SHARED` bytes. */
function beginningWithin(groups: readonly PlacedGroup[], columns: readonly Column[]): readonly PlacedGroup[] {
  let bytes = 0;
  return groups.filter(({ group }) => {
    bytes += bytesIn(group, columns);
    return bytes <= MOST_SHARED;
  });
}
