import type { GivenFile } from '../../../core/data/given-file.ts';
import type { PictureSize } from '../../../core/data/images.ts';
import type { Arrangement, FoundSet, SetChoice } from '../../../core/data/library.ts';
import { printable } from '../../../core/quote.ts';
import { type Phrase, sentence } from '../../../language/sentence.ts';
import { calledBy, DataError, named } from '../../dataset.ts';
import { PICTURE_SIZE } from '../../decoded-images.ts';
import { SkippedFiles } from '../entry.ts';
import { type ImageAccumulator, sortedNames } from '../image-accumulator.ts';
import type { CifarParts } from './cifar-binary.ts';
import type { IdxSets } from './idx-set.ts';
import { arrangeImages } from './image-set.ts';
import { checkUsable, type ImportedDataset, type Labelled, splitBySeed, type TestSplit } from './imported-dataset.ts';
import { type FolderLayout, layOut } from './layout.ts';
import { sharedFolders } from './paths.ts';

/** The part of a CIFAR archive that was read from this folder, and its first fault. */
export interface CifarSet {
  readonly folder: string;
  readonly parts: CifarParts;
  fault: DataError | null;
}

/** Everything that the files contain, before a data set is made of it. */
export interface FoundParts {
  /** The files' common name, for sentences. */
  readonly source: string;
  readonly split: TestSplit;
  readonly size: PictureSize;
  readonly cifar: readonly CifarSet[];
  readonly idx: IdxSets;
  /** Parquet files, of which more is to be chosen before they are read. */
  readonly tables: readonly GivenFile[];
  readonly images: ImageAccumulator;
  readonly skipped: SkippedFiles;
  /** The error to throw if no file can be used; null for the general one. */
  readonly wrong: DataError | null;
}

/** A set, and how it is made. */
interface Making extends FoundSet {
  /** Null where it is a table. */
  readonly make: ((choice: SetChoice) => ImportedDataset) | null;
}

/** A set of images, or the files of a table, of which more is to be chosen. */
type OpenedData =
  | { readonly type: 'images'; readonly set: ImportedDataset }
  | { readonly type: 'table'; readonly files: readonly GivenFile[] };

const LEVEL_SAMPLES = 3;

/** The decoded data sets in a user's files, from which one is chosen and arranged. */
export class FoundData {
  readonly #parts: FoundParts;
  readonly #makings: readonly Making[];

  constructor(parts: FoundParts) {
    this.#parts = parts;
    this.#makings = distinct(
      [
        ...this.#cifarSets(),
        ...this.#idxSets(),
        ...this.#imageSets(),
        // The last: beside images in class folders a table rather describes them than holds the images.
        ...(parts.tables.length > 0 ? [{ name: '', kind: 'Parquet', make: null }] : []),
      ],
      parts.source,
    );
  }

  get sets(): readonly FoundSet[] {
    return this.#makings.map(({ name, kind }) => ({ name, kind }));
  }

  /**
   * The set that is chosen, or the first that can be used. Throws a `DataError` where there is none or nothing can be
   * learnt from it.
   */
  open(choice: SetChoice = {}): OpenedData {
    const chosen = this.#makings.filter(({ name }) => choice.set === undefined || name === choice.set);
    let fault: DataError | null = null;
    for (const making of chosen) {
      const { make } = making;
      if (make === null) return { type: 'table', files: this.#parts.tables };
      try {
        return { type: 'images', set: this.#checked(make(choice), making.name) };
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        fault ??= error;
      }
    }
    throw fault ?? this.#nothing();
  }

  #checked(set: ImportedDataset, name: string): ImportedDataset {
    checkUsable(set, this.#parts.source);
    const arrangement = set.arrangement ?? { levels: [], level: 0, notes: [] };
    return { ...set, arrangement: { ...arrangement, sets: this.sets, set: name } };
  }

  #nothing(): DataError {
    const { source, images, skipped, wrong } = this.#parts;
    if (wrong !== null && images.paths.length === 0) return wrong;
    // Images that are in no class are left out like any other file.
    const all = new SkippedFiles();
    if (images.paths.length > 0) all.addAll(arrangeImages(images, {}, this.#parts.split).skipped);
    all.addAll(skipped);
    const [first] = all.named;
    const why =
      first === undefined
        ? sentence('data.file.empty')
        : sentence('data.set.nothing', { first: calledBy(first.path), reason: first.reason });
    return new DataError(sentence('data.what.dataset'), named(printable(source), why), sentence('data.set.giveImages'));
  }

  #cifarSets(): readonly Making[] {
    const found = this.#parts.cifar.filter(({ parts, fault }) => parts.count > 0 || fault !== null);
    return found.map(({ folder, parts, fault }) => ({
      name: folder,
      kind: parts.kind,
      make: () => {
        if (fault !== null) throw fault;
        const skipped = this.#skippedWith(
          parts.missing.map((path) => ({ path, reason: sentence('data.skipped.missing') })),
        );
        const sides = divided(parts.side('train'), parts.side('test'), this.#parts.split);
        return { kind: parts.kind, size: PICTURE_SIZE, classes: parts.classes, ...sides, skipped };
      },
    }));
  }

  #idxSets(): readonly Making[] {
    const { idx, source, split } = this.#parts;
    return idx.names.map((name) => ({
      name,
      kind: 'IDX',
      make: () => {
        const { classes, train, test, skipped } = idx.read(name, source);
        return {
          kind: 'IDX',
          size: PICTURE_SIZE,
          classes,
          ...divided(train, test, split),
          skipped: this.#skippedWith(skipped),
        };
      },
    }));
  }

  #imageSets(): readonly Making[] {
    const { images, cifar, idx, tables, split, size } = this.#parts;
    const layout = layOut(images.paths);
    const classes = new Set(layout.places.flatMap((place) => (place.side === null ? [] : [place.label])));
    // A picture beside CIFAR's files, or none in a class folder, is no data set.
    const least = cifar.length + idx.names.length + tables.length > 0 ? 2 : 1;
    if (classes.size < least) return [];
    const names = layout.sets.length > 1 ? layout.sets : [commonFolder(images.paths)];
    return names.map((name) => ({
      name,
      kind: 'images',
      make: ({ level }) => {
        const { skipped, layout, ...set } = arrangeImages(images, { set: name, level }, split);
        const all = this.#skippedWith([]);
        all.addAll(skipped);
        return { kind: 'images', size, ...set, skipped: all, arrangement: arrangementOf(layout) };
      },
    }));
  }

  #skippedWith(more: readonly { readonly path: string; readonly reason: Phrase }[]): SkippedFiles {
    const skipped = new SkippedFiles();
    skipped.addAll(this.#parts.skipped);
    for (const { path, reason } of more) skipped.add(path, reason);
    return skipped;
  }
}

function arrangementOf({ levels, level, notes }: FolderLayout): Arrangement {
  return {
    sets: [],
    set: '',
    levels: levels.map(({ level, names }) => {
      return { level, names: sortedNames(names).slice(0, LEVEL_SAMPLES), count: names.length };
    }),
    level,
    notes,
  };
}

/** The folder that all of these files are in, '' for none. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => path.split('/').slice(0, -1));
  return (folders[0] ?? []).slice(0, sharedFolders(folders)).join('/');
}

/** Sets by names that differ: without the folders around all of them, and with its kind where two are in one folder. */
function distinct(makings: readonly Making[], source: string): readonly Making[] {
  const around = sharedFolders(makings.map(({ name }) => name.split('/').slice(0, -1)));
  const short = makings.map(({ name }) => name.split('/').slice(around).join('/') || source);
  return makings.map((making, at) => {
    const name = short[at] ?? source;
    const isShared = short.indexOf(name) !== short.lastIndexOf(name);
    return { ...making, name: isShared ? `${name} (${making.kind})` : name };
  });
}

/** A set that has only one side is split. */
function divided(
  train: readonly Labelled[],
  test: readonly Labelled[],
  split: TestSplit,
): Pick<ImportedDataset, 'train' | 'test'> {
  if (train.length === 0) return splitBySeed(test, split);
  return test.length === 0 ? splitBySeed(train, split) : { train, test };
}
