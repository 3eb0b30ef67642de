import { mostTrained, type TableChoice, type TableOffer } from '../../../core/data/library.ts';
import { imageColumns, labelColumns } from '../../parquet/image-columns.ts';
import { anySignal } from '../archives/streams.ts';
import type { DecodeImage } from '../decode-image.ts';
import { countOf, type ImportedDataset, MOST_CLASSES, splitBySeed, type TestSplit } from '../sets/imported-dataset.ts';
import { blocksOf, bytesIn, type PlacedGroup } from './table-blocks.ts';
import { NoTestError, noColumn, TableFiles, type TableFolder, tooManyClasses } from './table-files.ts';
import { planSteps, type Step } from './table-plan.ts';
import { beginningOf, type Fetched, fetchBlock, type ImageRows, type Piece, readRows } from './table-rows.ts';
import { setOf, type Used } from './table-set.ts';

/** Options of reading the chosen rows of a table. */
export interface TableReadOptions {
  readonly split: TestSplit;
  readonly signal: AbortSignal;
  /** Aborted where what is there by then is enough. */
  readonly enough: AbortSignal;
  /** Hears how much of what is wanted is read, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

/** Requests that are under way at most while rows are decoded, and the bytes from which there is one. */
const MOST_AHEAD = 4;
const MOST_BYTES_AHEAD = 8 * 2 ** 20;

/** Images that are read of a set by default. */
const USUAL_COUNT = 5000;

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
      here: await this.#here(choice, signal),
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
      const piece = this.#pieceOf(step, columns);
      if (piece === undefined) missing.push(step);
      else use(step, beginningOf(piece, step, step.rows));
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
  async #here(choice: TableChoice, signal: AbortSignal): Promise<number> {
    const { config, image, label } = choice;
    const beginnings = this.#files.of(config).map(({ source }) => keyOfColumns(source.name, image, label));
    // Without any piece, the footers of the files that this would need are not worth their requests.
    if (![...this.#pieces.keys()].some((key) => beginnings.some((each) => key.startsWith(each)))) return 0;
    const columns = await this.#files.columns(choice, signal);
    const steps = await planSteps(this.#files, choice, columns, signal);
    return steps.reduce((sum, step) => sum + (this.#pieceOf(step, columns) === undefined ? 0 : step.rows), 0);
  }

  /** What was read in a step; undefined where that is less than is wanted of it. */
  #pieceOf(step: Step, columns: ImageRows): Piece | undefined {
    const piece = this.#pieces.get(keyOf(step, columns));
    return piece !== undefined && piece.read >= step.rows ? piece : undefined;
  }
}

function keyOf({ table, nth }: PlacedGroup, { image, label }: ImageRows): string {
  return `${keyOfColumns(table.source.name, image.name, label.name)}${nth}`;
}

/** What the keys of all pieces of these columns of a file begin with. */
function keyOfColumns(file: string, image: string, label: string): string {
  return `${file}\n${image}\n${label}\n`;
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
