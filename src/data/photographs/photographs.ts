import type { LeftOut, PhotoClass, PhotoSet } from '../../core/data/photographs.ts';
import { cutName, printable } from '../../core/quote.ts';
import { type Phrase, phraseOf, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';
import type { GivenFile } from '../import/archives/open-source.ts';
import { sourceName } from '../import/dataset-importer.ts';
import type { RowGroup } from '../parquet/table.ts';
import { ClassMatcher, classesOfLabels, INDEX } from './class-matcher.ts';
import { findFiles, labelTexts, readImages } from './photo-files.ts';
import { PhotoTable } from './photo-tables.ts';

/** Files left out and unknown labels that are named; the others are counted. */
const MOST_NAMED = 50;
/** Characters of a label; what is longer tells no class, and a table has one for each row. */
const LONGEST_LABEL = 1000;

/** Where the bytes of a photograph are: in a file of this path, or in a row of a table. */
type Place =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'row'; readonly table: PhotoTable; readonly group: RowGroup; readonly row: number };

/** A photograph before its label is matched: the texts that may name its class, the best first. */
interface Candidate {
  readonly place: Place;
  readonly path: string;
  readonly texts: readonly string[];
}

/** Options of `Photographs.open`. */
export interface OpenPhotosOptions {
  /** The classes, in the order of the nets' outputs; null to take the labels themselves (`classesOfLabels`). */
  readonly classes: readonly PhotoClass[] | null;
  readonly signal: AbortSignal;
  /** Called with the number of photographs that are found so far. */
  readonly onFound: (photos: number) => void;
}

/** The bytes of a photograph's file, or why there are none. */
export type PhotoBytes =
  | { readonly photo: number; readonly bytes: Uint8Array }
  | { readonly photo: number; readonly bytes: null; readonly reason: Phrase };

/** Labelled photographs in a person's files: a folder, an archive or Parquet files, listed once and read when asked for. */
export class Photographs {
  readonly set: PhotoSet;
  readonly #files: readonly GivenFile[];
  readonly #places: readonly Place[];

  private constructor(set: PhotoSet, files: readonly GivenFile[], places: readonly Place[]) {
    this.set = set;
    this.#files = files;
    this.#places = places;
  }

  /**
   * Lists the photographs and matches their labels. Rejects with a `DataError` where none is of a known class. What cannot be
   * read beside them is left out.
   */
  static async open(files: readonly GivenFile[], options: OpenPhotosOptions): Promise<Photographs> {
    const { signal, onFound } = options;
    const shown: LeftOut[] = [];
    let count = 0;
    const onLeftOut = (file: LeftOut) => {
      count += 1;
      if (shown.length < MOST_NAMED) shown.push(file);
    };
    const found = await findFiles(files, { signal, onFound, onLeftOut });
    const candidates: Candidate[] = found.images.map((path) => {
      return { place: { type: 'file', path }, path, texts: labelTexts(path, found.labels) };
    });
    const lists: (readonly string[])[] = [];
    const faults: { readonly path: string; readonly error: DataError }[] = [];
    for (const file of found.tables) {
      const before = candidates.length;
      try {
        const table = await PhotoTable.open(file, signal);
        for await (const { group, row, path, label } of table.rows(onLeftOut, signal)) {
          candidates.push({ place: { type: 'row', table, group, row }, path, texts: [cutName(label, LONGEST_LABEL)] });
          if (candidates.length % 1000 === 0) onFound(candidates.length);
        }
        if (table.classes !== null) lists.push(table.classes);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        candidates.length = before;
        faults.push({ path: file.path, error });
      }
    }
    const [fault] = faults;
    if (fault !== undefined && candidates.length === 0) throw fault.error;
    // A table beside images often describes them otherwise.
    for (const { path, error } of faults) onLeftOut({ path, reason: phraseOf(error) });
    const classes = options.classes ?? lists[0]?.map(classNamed) ?? classesOfLabels(innermost(candidates));
    const { photos, unknown } = matched(candidates, classes, lists, onLeftOut);
    if (photos.length === 0) throw noneOf(sourceName(files), unknown, candidates.length);
    const set: PhotoSet = {
      name: sourceName(files),
      classes,
      labels: photos.map(({ label }) => label),
      paths: photos.map(({ path }) => path),
      unknown,
      leftOut: { named: shown, count },
    };
    return new Photographs(
      set,
      files,
      photos.map(({ place }) => place),
    );
  }

  /** Reads the files of these photographs, in the order of the files. What cannot be read is said in its place. */
  async *read(photos: readonly number[], signal: AbortSignal): AsyncGenerator<PhotoBytes> {
    const inFiles = new Map<string, number>();
    const inRows = new Map<RowGroup, { readonly table: PhotoTable; readonly rows: Map<number, number> }>();
    for (const photo of photos) {
      const place = this.#places[photo];
      if (place?.type === 'file') inFiles.set(place.path, photo);
      if (place?.type !== 'row') continue;
      const group = inRows.get(place.group) ?? { table: place.table, rows: new Map<number, number>() };
      inRows.set(place.group, group);
      group.rows.set(place.row, photo);
    }
    if (inFiles.size > 0) {
      for await (const image of readImages(this.#files, new Set(inFiles.keys()), signal)) {
        const photo = inFiles.get(image.path);
        if (photo === undefined) continue;
        inFiles.delete(image.path);
        yield image.bytes === null ? { photo, bytes: null, reason: image.reason } : { photo, bytes: image.bytes };
      }
      // The folder may have changed on the disk since it was listed.
      for (const photo of inFiles.values()) yield { photo, bytes: null, reason: sentence('data.skipped.missing') };
    }
    for (const [group, { table, rows }] of inRows) {
      for await (const image of table.images(group, [...rows.keys()], signal)) {
        const photo = rows.get(image.row);
        if (photo === undefined) continue;
        yield image.bytes === null ? { photo, bytes: null, reason: image.reason } : { photo, bytes: image.bytes };
      }
    }
  }
}

function classNamed(name: string): PhotoClass {
  return { names: [name], wordNet: null };
}

function innermost(candidates: readonly Candidate[]): ReadonlySet<string> {
  return new Set(candidates.flatMap(({ texts }) => texts.slice(0, 1)));
}

/** The photographs of a known class, and the labels of the others. */
function matched(
  candidates: readonly Candidate[],
  classes: readonly PhotoClass[],
  lists: readonly (readonly string[])[],
  onLeftOut: (file: LeftOut) => void,
) {
  const matcher = new ClassMatcher(classes);
  const known = new Map<string, number | null>();
  for (const list of lists) {
    for (const [at, index] of matcher.matchList(list).entries()) known.set(list[at] ?? '', index);
  }
  const indexOf = (text: string) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const index = matcher.match(text);
    known.set(text, index);
    return index;
  };
  const unknown = new Map<string, number>();
  const photos = candidates.flatMap(({ place, path, texts }) => {
    const [first] = texts;
    if (first === undefined) {
      onLeftOut({ path, reason: sentence('data.skipped.noClass') });
      return [];
    }
    // A numbered folder within that of a class is rather a part of the class.
    const ordered = [...texts.filter((text) => !INDEX.test(text)), ...texts.filter((text) => INDEX.test(text))];
    const label = ordered.map(indexOf).find((index) => index !== null) ?? null;
    if (label !== null) return [{ place, path, label }];
    unknown.set(first, 1 + (unknown.get(first) ?? 0));
    return [];
  });
  return { photos, unknown: byPhotos(unknown) };
}

function byPhotos(labels: ReadonlyMap<string, number>): PhotoSet['unknown'] {
  const all = [...labels].map(([label, photos]) => ({ label, photos })).sort((a, b) => b.photos - a.photos);
  const photos = all.reduce((sum, each) => sum + each.photos, 0);
  return { named: all.slice(0, MOST_NAMED), labels: all.length, photos };
}

function noneOf(name: string, { named: [first], photos }: PhotoSet['unknown'], images: number): DataError {
  const problem =
    first === undefined
      ? sentence('data.photos.none', { images })
      : sentence('data.photos.unknown', { photos, label: printable(first.label) });
  return new DataError(sentence('data.what.photos'), named(printable(name), problem), sentence('data.photos.remedy'));
}
