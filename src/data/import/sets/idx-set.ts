import { printable } from '../../../core/quote.ts';
import { type Phrase, type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, named } from '../../dataset.ts';
import { PICTURE_BYTES, PICTURE_SIZE } from '../../decoded-images.ts';
import { fitted } from '../resize.ts';
import { type Idx, idxClasses, idxName, isIdxFolder, readIdx } from './idx.ts';
import type { Labelled } from './imported-dataset.ts';
import { baseName, folderOfFile } from './paths.ts';
import { splitName } from './split-name.ts';

interface IdxFile {
  readonly path: string;
  readonly side: 'train' | 'test';
  readonly part: string;
  /** Why it cannot be read. */
  readonly idx: Idx | DataError;
}

/** The images of a part with their labels, either of which may be missing. */
interface Part {
  readonly name: string;
  readonly side: 'train' | 'test';
  images?: Idx;
  labels?: Idx;
}

/**
 * IDX files by the data sets that they are of. A set is a folder, and within a folder the files that share what their names
 * say beside "train", "test", "images" and "labels". What a file holds is told by its dimensions, not by its name.
 */
export class IdxSets {
  /** By folder, and in it by what the names share. */
  readonly #folders = new Map<string, Map<string, IdxFile[]>>();

  /** Takes in a file, whatever is wrong with it. */
  add(path: string, bytes: Uint8Array): void {
    this.#add(path, read(path, bytes));
  }

  /** Takes in that a file cannot be read, so that it is not called missing. */
  addFault(path: string, problem: Phrase, remedy: Sentence = sentence('data.idx.whole')): void {
    this.#add(path, new DataError(sentence('data.what.file'), named(printable(path), problem), remedy));
  }

  #add(path: string, idx: Idx | DataError): void {
    const { side, set, part } = idxName(baseName(path));
    const folders = folderOfFile(path).split('/');
    // Some archivers put each file into a folder of its name; splits may be folders, too.
    const isOwnFolder = isIdxFolder(folders.at(-1) ?? '');
    if (isOwnFolder) folders.pop();
    const role = splitName(folders.at(-1) ?? '')?.role;
    if (role !== undefined) folders.pop();
    const folder = folders.join('/');
    const sets = this.#folders.get(folder) ?? new Map<string, IdxFile[]>();
    this.#folders.set(folder, sets);
    const files = sets.get(set) ?? [];
    sets.set(set, files);
    const isTest = role === 'test';
    files.push({ path, part: isTest ? `${part} test` : part, side: isTest ? 'test' : side, idx });
  }

  /** Names of the sets: folders, with what the files' names share. */
  get names(): readonly string[] {
    return [...this.#sets().keys()].sort();
  }

  #sets(): ReadonlyMap<string, readonly IdxFile[]> {
    const all = new Map<string, readonly IdxFile[]>();
    for (const [folder, sets] of this.#folders) {
      // Files whose names have nothing in common may belong together all the same.
      const lone = [...sets].filter(([, files]) => !hasBoth(files));
      for (const [set, files] of sets) if (hasBoth(files)) all.set([folder, set].filter(Boolean).join('/'), files);
      const [[set = ''] = []] = lone;
      const name = lone.length === 1 ? [folder, set].filter(Boolean).join('/') : folder;
      if (lone.length > 0) all.set(name, [...(all.get(name) ?? []), ...lone.flatMap(([, files]) => files)]);
    }
    return all;
  }

  /**
   * A set's images and labels. Its classes are told by the names of its files and folders, the nearest first, and by
   * `source` where it is alone. Throws a `DataError` where files are damaged or do not belong together.
   */
  read(name: string, source: string) {
    const files = this.#sets().get(name) ?? [];
    const fail = (problem: Sentence) => {
      const said = sentence('data.of', { name: printable(source), problem });
      return new DataError(sentence('data.what.dataset'), said, sentence('data.idx.oneSet'));
    };
    const { parts, skipped } = partsOf(files);
    const [train, test]: [Labelled[], Labelled[]] = [[], []];
    let [least, most] = [255, 0];
    for (const { name: partName, side, images, labels } of parts) {
      const part = printable(partName);
      if (images === undefined) throw fail(sentence('data.idx.noImages', { part }));
      if (labels === undefined) throw fail(sentence('data.idx.noLabels', { part }));
      const [count = 0, rows = 0, columns = 0] = images.shape;
      if (labels.shape[0] !== count)
        throw fail(sentence('data.idx.counts', { part, images: count, labels: labels.shape[0] ?? 0 }));
      if (rows === 0 || columns === 0) throw fail(sentence('data.idx.noPixels', { part }));
      for (const label of labels.values) [least, most] = [Math.min(least, label), Math.max(most, label)];
      // Those of EMNIST lie on their side.
      const upright = /(^|\/)emnist/i.test(name) ? turned(images.values, rows, columns) : images.values;
      (side === 'train' ? train : test).push({ images: squaresOf(upright, rows, columns), labels: labels.values });
    }
    const isAlone = this.names.length === 1;
    const told = files.flatMap(({ path }) => path.split('/').reverse());
    const shared = (segment: string) => !isAlone && this.names.every((each) => each.split('/').includes(segment));
    const { names, first } = idxClasses(
      [...told.filter((each) => !shared(each)), ...(isAlone ? [source] : [])],
      least,
      most,
    );
    const fromZero = (part: Labelled) => ({ ...part, labels: part.labels.map((label) => label - first) });
    return { classes: names, train: train.map(fromZero), test: test.map(fromZero), skipped };
  }
}

/** Whether there are images and labels among them, or what cannot be read. */
function hasBoth(files: readonly IdxFile[]): boolean {
  const has = (dimensions: number) =>
    files.some(({ idx }) => idx instanceof DataError || idx.shape.length === dimensions);
  return has(1) && has(3);
}

function read(path: string, bytes: Uint8Array): Idx | DataError {
  try {
    return readIdx(bytes, path);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

function partsOf(files: readonly IdxFile[]) {
  const parts = new Map<string, Part>();
  const skipped: { readonly path: string; readonly reason: Phrase }[] = [];
  for (const { path, side, part, idx } of files) {
    if (idx instanceof DataError) throw idx;
    const what = idx.shape.length === 3 ? 'images' : idx.shape.length === 1 ? 'labels' : null;
    if (what === null) {
      skipped.push({ path, reason: sentence('data.idx.dimensions', { count: idx.shape.length }) });
      continue;
    }
    const known: Part = parts.get(part) ?? { name: part === '' ? printable(baseName(path)) : part, side };
    parts.set(part, known);
    if (known[what] === undefined) known[what] = idx;
    else {
      const key = what === 'images' ? 'data.idx.imagesTwice' : 'data.idx.labelsTwice';
      skipped.push({ path, reason: sentence(key, { part: printable(known.name) }) });
    }
  }
  return { parts: paired([...parts.values()]), skipped };
}

/** Images and labels whose names say nothing belong together where each has one other alone of its number. */
function paired(parts: readonly Part[]): readonly Part[] {
  const isWithout = (what: 'images' | 'labels') => parts.filter((part) => part[what] === undefined);
  const taken = new Set<Part>();
  for (const part of isWithout('labels')) {
    const count = part.images?.shape[0];
    const fitting = isWithout('images').filter(({ labels }) => labels?.shape[0] === count);
    const rivals = isWithout('labels').filter(({ images }) => images?.shape[0] === count);
    const [only] = fitting;
    if (only?.labels === undefined || fitting.length > 1 || rivals.length > 1) continue;
    part.labels = only.labels;
    taken.add(only);
  }
  return parts.filter((part) => !taken.has(part));
}

/** Grey images as RGB of 32 by 32. */
function squaresOf(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const length = rows * columns;
  const count = values.length / length;
  const squares = new Uint8Array(count * PICTURE_BYTES);
  for (let image = 0; image < count; image++) {
    const data = inRgb(values.subarray(image * length, (image + 1) * length));
    squares.set(fitted({ width: columns, height: rows, data }, PICTURE_SIZE), image * PICTURE_BYTES);
  }
  return squares;
}

function inRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (const [at, value] of grey.entries()) rgb.fill(value, 3 * at, 3 * at + 3);
  return rgb;
}

/** Each image with its rows and columns exchanged. */
function turned(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const result = new Uint8Array(values.length);
  const length = rows * columns;
  for (let start = 0; start < values.length; start += length) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) result[start + x * rows + y] = values[start + y * columns + x] ?? 0;
    }
  }
  return result;
}
