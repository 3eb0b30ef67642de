import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '../../src/data/error.ts';
import { findData, sourceName } from '../../src/data/import/import-files.ts';
import type { GivenFile } from '../../src/data/import/open-source.ts';
import { contentHash, pack } from '../../src/data/import/pack.ts';
import { checkUsable, type Labelled, type RawSet } from '../../src/data/import/raw-set.ts';
import { folderOf } from '../../src/data/import/table-folder.ts';
import { TableReader } from '../../src/data/import/table-reader.ts';
import { PICTURE_SIZES, type PictureSize, USUAL_PICTURE_SIZE } from '../../src/spec/image-sizes.ts';
import { MOST_IMAGES } from '../../src/spec/library.ts';
import { quote } from '../../src/spec/quote.ts';
import { decodeInNode } from './decode-image.ts';
import { LabError } from './error.ts';
import { givenFiles } from './given-files.ts';

/** As the page divides images where their files do not say. */
const SPLIT = { share: 0.2, seed: 1 };

export interface OwnDataChoice {
  /** Pixels a side that the nets are given. */
  readonly size?: number | undefined;
  readonly set?: string | undefined;
  /** Counted from 1. */
  readonly level?: number | undefined;
}

export interface OwnData {
  readonly name: string;
  readonly set: RawSet;
}

/** A data set that lies packed in a file, by the hash of its content. */
export interface PackedData extends OwnData {
  readonly file: string;
  readonly hash: string;
}

/** What `--preview` prints. */
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

async function readData(files: readonly GivenFile[], { size, set, level }: OwnDataChoice): Promise<OwnData> {
  const name = sourceName(files);
  const found = await findData(files, { size: madeFor(size), decodeImage: decodeInNode, split: SPLIT });
  const { sets } = found;
  const tables = found.tables({ set });
  const isChosen = sets.some((each) => each.name === set);
  if (set !== undefined && !isChosen && tables === null)
    throw new LabError(`--set: ${quote(set)} is not one of ${listed(sets)}`);
  if (set === undefined && sets.length > 1) {
    throw new LabError(`--data: ${name} holds several data sets: ${listed(sets)}; choose one with --set NAME`);
  }
  if (tables !== null) return { name, set: await readTables(tables, name, isChosen ? undefined : set) };
  return { name, set: found.arrange({ set, level: level === undefined ? undefined : level - 1 }) };
}

async function readTables(files: readonly GivenFile[], name: string, config: string | undefined): Promise<RawSet> {
  const reader = new TableReader(folderOf(files, name), decodeInNode);
  const { signal } = new AbortController();
  const wish = { count: MOST_IMAGES, ...(config !== undefined && { config }) };
  const { choice, configs, images, labels } = await reader.offer(wish, signal);
  if (config !== undefined && config !== choice.config) {
    throw new LabError(`--set: ${quote(config)} is not one of ${configs.map(quote).join(', ')}`);
  }
  if (config === undefined && configs.length > 1) {
    const all = configs.map(quote).join(', ');
    throw new LabError(`--data: ${name} holds several data sets: ${all}; choose one with --set NAME`);
  }
  const set = await reader.read(choice, { split: SPLIT, signal, enough: signal, onProgress: () => {} });
  checkUsable(set, name);
  const isOne = images.length + labels.length === 2;
  const notes = isOne ? [] : [`Images are read in column ${quote(choice.image)}, classes in ${quote(choice.label)}`];
  return { ...set, arrangement: { sets: [], set: choice.config, levels: [], level: 0, notes } };
}

/** What images of this size are made at: 8 pixels are means of 16. */
function madeFor(size: number | undefined): PictureSize {
  return PICTURE_SIZES.find((each) => each === size) ?? USUAL_PICTURE_SIZE;
}

export function previewOf({ kind, classes, train, test, odd, arrangement }: RawSet): Preview {
  const [learnt, tested] = [countsOf(train, classes.length), countsOf(test, classes.length)];
  const more = odd.count - odd.named.length;
  const levels = arrangement?.levels ?? [];
  const others = levels.filter(({ level }) => level !== arrangement?.level);
  return {
    kind,
    classes: classes.map((name, label) => ({ name, train: learnt[label] ?? 0, test: tested[label] ?? 0 })),
    skipped: odd.named.map(({ path, reason }) => ({ file: path, reason })),
    notes: [
      ...(arrangement?.notes ?? []),
      ...others.map(({ level, names }) => `--level ${level + 1} reads the classes as ${names.join(', ')} …`),
      ...(more > odd.named.length ? [`${more} more files are left out`] : []),
    ],
  };
}

function countsOf(parts: readonly Labelled[], classes: number): readonly number[] {
  const counts = Array<number>(classes).fill(0);
  for (const { labels } of parts) for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function listed(sets: readonly { readonly name: string; readonly kind: string }[]): string {
  return sets.map(({ name, kind }) => `${quote(name)} (${kind})`).join(', ');
}

/** Does something while the data set lies packed in a file, where other processes can read it. */
export async function withPacked({ set }: OwnData, work: (file: string, hash: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-data-'));
  try {
    const pieces = pack(set);
    const file = join(folder, 'images');
    await writeFile(file, pieces);
    await work(file, await contentHash(pieces));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
