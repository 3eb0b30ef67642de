import { openAsBlob, rmSync } from 'node:fs';
import { mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { basename, join, resolve, sep } from 'node:path';
import type { GivenFile } from '../../src/core/data/given-file.ts';
import { PICTURE_SIZES, type PictureSize, USUAL_PICTURE_SIZE } from '../../src/core/data/images.ts';
import { type FoundSet, MOST_IMAGES, type TableChoice } from '../../src/core/data/library.ts';
import { printable, quote } from '../../src/core/quote.ts';
import { classCounts, DataError } from '../../src/data/dataset.ts';
import { findData, sourceName } from '../../src/data/import/dataset-importer.ts';
import { contentHash, packDataset } from '../../src/data/import/packed-dataset.ts';
import { findDuplicates } from '../../src/data/import/preview.ts';
import { checkUsable, countOf, type ImportedDataset } from '../../src/data/import/sets/imported-dataset.ts';
import { folderOf, NoTestError } from '../../src/data/import/tables/table-files.ts';
import { TableReader } from '../../src/data/import/tables/table-reader.ts';
import { repeatedText, sharedText } from '../../src/features/library/words.ts';
import { sayIt } from '../../src/language/sentence.ts';
import { decodeInNode } from './decode-image.ts';
import { LabError } from './error.ts';

/**
 * A file, or all files of a folder, as the page gets them from its folder picker: each with the folder's name before its
 * path. Throws a `LabError` where there is nothing of that name.
 */
async function givenFiles(path: string): Promise<readonly GivenFile[]> {
  const root = resolve(path);
  const found = await stat(root).catch(() => null);
  if (found === null) throw new LabError(`--data: there is no ${path}`);
  // A folder that is chosen is meant, even where its name hides it.
  const name = basename(root).replace(/^\.+/, '') || 'folder';
  if (!found.isDirectory()) return [{ path: name, blob: await openAsBlob(root) }];
  const files: GivenFile[] = [];
  for await (const full of filesIn(root, new Set([await realpath(root)]))) {
    const inside = full.slice(root.length).replaceAll(sep, '/').replace(/^\/+/, '');
    files.push({ path: `${name}/${inside}`, blob: await openAsBlob(full) });
  }
  if (files.length === 0) throw new LabError(`--data: ${path} is an empty folder; give one folder of images a class`);
  return files;
}

/** All files of a folder, also by links to files and folders. A link to a folder that is `around` it is not followed. */
async function* filesIn(folder: string, around: ReadonlySet<string>): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const full = join(folder, entry.name);
    const found = entry.isSymbolicLink() ? await stat(full).catch(() => null) : entry;
    if (found?.isFile() === true) yield full;
    if (found?.isDirectory() !== true) continue;
    const real = await realpath(full);
    if (!around.has(real)) yield* filesIn(full, new Set([...around, real]));
  }
}

/** The page's default split. */
const SPLIT = { share: 0.2, seed: 1 };

/** Which of the user's data to read, and how to split it. */
export interface OwnDataChoice {
  /** Pixels a side that the nets are given. */
  readonly size?: number | undefined;
  readonly set?: string | undefined;
  /** Counted from 1. */
  readonly level?: number | undefined;
}

/** The user's data set, ready for training. */
export interface OwnData {
  readonly name: string;
  readonly set: ImportedDataset;
}

/** A data set that lies packed in a file, by the hash of its content. */
export interface PackedData extends OwnData {
  readonly file: string;
  readonly hash: string;
}

/** The output of `--preview`. */
export interface Preview {
  readonly kind: string;
  readonly classes: readonly { readonly name: string; readonly train: number; readonly test: number }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** A data set from a path, by the means of the page. Throws a `LabError` where it cannot be used or is one of several. */
export async function readOwnData(path: string, choice: OwnDataChoice): Promise<OwnData> {
  try {
    return await readData(await givenFiles(path), choice);
  } catch (error) {
    if (error instanceof DataError) throw new LabError(error.message);
    throw error;
  }
}

async function readData(files: readonly GivenFile[], { size, set: wanted, level }: OwnDataChoice): Promise<OwnData> {
  const name = sourceName(files);
  const found = await findData(files, { size: madeFor(size), decodeImage: decodeInNode, split: SPLIT });
  const { sets } = found;
  const set = wanted === undefined ? undefined : nameOf(sets, wanted);
  const table = sets.find(({ kind }) => kind === 'Parquet')?.name;
  if (sets.length > 1 && wanted === undefined)
    throw several(
      name,
      sets.map(({ name, kind }) => `${quote(name)} (${kind})`),
    );
  if (wanted !== undefined && set === undefined && table === undefined)
    throw notThere(
      wanted,
      sets.map(({ name }) => quote(name)),
    );
  // What names no set may name one of those in the tables.
  const chosen = wanted === undefined ? undefined : (set ?? table);
  const opened = found.open({ set: chosen, level: level === undefined ? undefined : level - 1 });
  if (opened.type === 'table') {
    if (level !== undefined) throw noLevels(name);
    const others = sets.filter((each) => each.name !== table).map((each) => each.name);
    return { name, set: await readTables(opened.files, name, set === undefined ? wanted : undefined, others) };
  }
  if (level !== undefined && (opened.set.arrangement?.levels ?? []).length === 0) throw noLevels(name);
  return { name, set: opened.set };
}

function noLevels(name: string): LabError {
  return new LabError(`--level: ${printable(name)} has no folders that name classes; leave --level out`);
}

/** The set that is meant by a whole name, or a part of one that no other has. */
function nameOf(sets: readonly FoundSet[], wanted: string): string | undefined {
  const whole = sets.find(({ name }) => name === wanted);
  const [part, other] = sets.filter(({ name, kind }) => [...name.split('/'), kind].includes(wanted));
  return whole?.name ?? (other === undefined ? part?.name : undefined);
}

function several(name: string, sets: readonly string[]): LabError {
  return new LabError(
    `--data: ${printable(name)} holds several data sets: ${sets.join(', ')}; choose one with --set NAME`,
  );
}

function notThere(wanted: string, sets: readonly string[]): LabError {
  return new LabError(`--set: ${quote(wanted)} is not one of ${sets.join(', ')}`);
}

/** `others` are the sets beside the tables. */
async function readTables(
  files: readonly GivenFile[],
  name: string,
  config: string | undefined,
  others: readonly string[],
): Promise<ImportedDataset> {
  const reader = new TableReader(folderOf(files, name), decodeInNode);
  const { signal } = new AbortController();
  const wish = { count: MOST_IMAGES, ...(config !== undefined && { config }) };
  const { choice, configs, images, labels } = await reader.offer(wish, signal);
  if (config !== undefined && config !== choice.config) throw notThere(config, [...others, ...configs].map(quote));
  if (config === undefined && configs.length > 1) throw several(name, configs.map(quote));
  const { set, notes } = await readTested(reader, choice);
  checkUsable(set, name);
  const isOne = images.length + labels.length === 2;
  const columns = `Images are read in column ${quote(choice.image)}, classes in ${quote(choice.label)}`;
  const all = isOne ? notes : [columns, ...notes];
  return { ...set, arrangement: { sets: [], set: choice.config, levels: [], level: 0, notes: all } };
}

/** Reads what was chosen. A test part without labels, as contests have them, was not asked for: a share is tested on then. */
async function readTested(reader: TableReader, choice: TableChoice) {
  const { signal } = new AbortController();
  const options = { split: SPLIT, signal, enough: signal, onProgress: () => {} };
  try {
    return { set: await reader.read(choice, options), notes: [] };
  } catch (error) {
    if (!(error instanceof NoTestError)) throw error;
    const shared = await reader.offer({ ...choice, count: MOST_IMAGES, test: null }, signal);
    const [train, test] = [choice.train, choice.test ?? ''].map(quote);
    const note = `Nothing in ${test} can be tested on; a share of ${train} is kept for that`;
    return { set: await reader.read(shared.choice, options), notes: [note] };
  }
}

/** The size at which images are stored for this size: 8 pixels are averaged from 16. */
function madeFor(size: number | undefined): PictureSize {
  return PICTURE_SIZES.find((each) => each === size) ?? USUAL_PICTURE_SIZE;
}

/** The summary of an imported data set that `--preview` prints. */
export function previewOf(set: ImportedDataset): Preview {
  const { kind, classes, train, test, skipped, arrangement } = set;
  const duplicates = findDuplicates(set);
  const [learnt, tested] = [classCounts(train, classes.length), classCounts(test, classes.length)];
  const levels = arrangement?.levels ?? [];
  const others = levels.filter(({ level }) => level !== arrangement?.level);
  return {
    kind,
    classes: classes.map((name, label) => ({ name, train: learnt[label] ?? 0, test: tested[label] ?? 0 })),
    skipped: skipped.named.map(({ path, reason }) => ({ file: sayIt(path), reason: sayIt(reason) })),
    notes: [
      ...(arrangement?.notes ?? []).map(sayIt),
      ...others.map(({ level, names }) => `--level ${level + 1} reads the classes as ${names.join(', ')} …`),
      ...(duplicates.shared > 0 ? [sharedText(duplicates, countOf(test))] : []),
      ...[repeatedText(duplicates) ?? []].flat(),
      ...(skipped.more > 0 ? [`${skipped.more} more files are left out`] : []),
    ],
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Does something while the data set lies packed in a file, where other processes can read it. A signal removes it, too. */
export async function withPacked({ set }: OwnData, work: (file: string, hash: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-data-'));
  const end = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    const pieces = packDataset(set);
    const file = join(folder, 'images');
    await writeFile(file, pieces);
    await work(file, await contentHash(pieces));
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
    await rm(folder, { recursive: true, force: true });
  }
}
