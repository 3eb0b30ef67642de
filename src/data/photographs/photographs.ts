import type { GivenFile } from '../../core/data/given-file.ts';
import type { LeftOut, PhotoClass, PhotoSet } from '../../core/data/photographs.ts';
import { cutName, printable } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import { calledBy, DataError, named, reasonOf } from '../dataset.ts';
import { sourceName } from '../import/dataset-importer.ts';
import type { RowGroup } from '../parquet/table.ts';
import { classesOfLabels } from './class-matcher.ts';
import { type Candidate, labelledAlone, matched } from './labelling.ts';
import { type FoundFiles, findFiles, type Missed, readImages } from './photo-files.ts';
import { PhotoTable } from './photo-tables.ts';

/** Files left out that are named; the others are counted. */
const MOST_NAMED = 50;
/** Characters of a label; what is longer tells no class, and a table has one for each row. */
const LONGEST_LABEL = 1000;

/** Where the bytes of a photograph are: in a file of this path, or in a row of a table. */
type Place =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'row'; readonly table: PhotoTable; readonly group: RowGroup; readonly row: number };

/** What is known of photographs before any is decoded. */
type ListedPhotos = Omit<PhotoSet, 'noisy'>;

type PlacedCandidate = Candidate & { readonly place: Place };

/** Options of `Photographs.open`. */
export interface OpenPhotosOptions {
  /** The classes, in the order of the nets' outputs; null to take the labels themselves (`classesOfLabels`). */
  readonly classes: readonly PhotoClass[] | null;
  readonly signal: AbortSignal;
  /** Called with the number of photographs that are found so far. */
  readonly onFound: (photos: number) => void;
}

/** The bytes of a photograph's file, or why there are none. */
export type PhotoBytes = { readonly photo: number } & ({ readonly bytes: Uint8Array } | Missed);

/** Labelled photographs in a person's files: a folder, an archive or Parquet files, listed once and read when asked for. */
export class Photographs {
  readonly set: ListedPhotos;
  readonly #files: readonly GivenFile[];
  readonly #plain: FoundFiles['plain'];
  readonly #places: readonly Place[];

  private constructor(
    set: ListedPhotos,
    files: readonly GivenFile[],
    plain: FoundFiles['plain'],
    places: readonly Place[],
  ) {
    this.set = set;
    this.#files = files;
    this.#plain = plain;
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
    const images = found.images.map((path): PlacedCandidate => {
      const { text: label = null, isGuess = false } = found.labels.get(path) ?? {};
      return { place: { type: 'file', path }, path, label, isGuess };
    });
    const rows: PlacedCandidate[] = [];
    const lists: (readonly string[])[] = [];
    const faults: { readonly path: string; readonly error: DataError }[] = [];
    for (const file of found.tables) {
      const before = rows.length;
      try {
        const table = await PhotoTable.open(file, signal);
        for await (const { group, row, path, label } of table.rows(onLeftOut, signal)) {
          rows.push({
            place: { type: 'row', table, group, row },
            path,
            label: cutName(label, LONGEST_LABEL),
            isGuess: false,
          });
          if (rows.length % 1000 === 0) onFound(images.length + rows.length);
        }
        if (table.classes !== null) lists.push(table.classes);
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        rows.length = before;
        faults.push({ path: file.path, error });
      }
    }
    const [fault] = faults;
    if (fault !== undefined && images.length + rows.length === 0) throw fault.error;
    // A table beside images often describes them otherwise.
    for (const { path, error } of faults) onLeftOut({ path, reason: reasonOf(error) });
    const given = options.classes ?? lists[0]?.map(classNamed);
    const candidates = [...(given === undefined ? labelledAlone(images, onLeftOut) : images), ...rows];
    const classes = given ?? classesOfLabels(new Set(candidates.flatMap(({ label }) => label ?? [])));
    const { photos, unknown } = matched(candidates, classes, lists, onLeftOut);
    if (photos.length === 0) throw noneOf(sourceName(files), unknown, images.length + rows.length, shown[0]);
    const set: ListedPhotos = {
      name: sourceName(files),
      classes,
      labels: photos.map(({ label }) => label),
      paths: photos.map(({ photo }) => photo.path),
      unknown,
      leftOut: { named: shown, count },
    };
    return new Photographs(
      set,
      files,
      found.plain,
      photos.map(({ photo }) => photo.place),
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
      const options = { wanted: new Set(inFiles.keys()), plain: this.#plain, signal };
      for await (const { path, ...image } of readImages(this.#files, options)) {
        const photo = inFiles.get(path);
        if (photo === undefined) continue;
        inFiles.delete(path);
        yield { photo, ...image };
      }
      // The folder may have changed on the disk since it was listed.
      const missed: Missed = { bytes: null, reason: sentence('data.skipped.missing'), isForNow: true };
      for (const photo of inFiles.values()) yield { photo, ...missed };
    }
    for (const [group, { table, rows }] of inRows) {
      for await (const { row, ...image } of table.images(group, [...rows.keys()], signal)) {
        const photo = rows.get(row);
        if (photo !== undefined) yield { photo, ...image };
      }
    }
  }
}

function classNamed(name: string): PhotoClass {
  return { names: [name], wordNet: null };
}

function noneOf(
  name: string,
  { named: [first], photos }: PhotoSet['unknown'],
  images: number,
  leftOut: LeftOut | undefined,
): DataError {
  const problem = () => {
    if (first !== undefined) return sentence('data.photos.unknown', { photos, label: printable(first.label) });
    if (images > 0 || leftOut === undefined) return sentence('data.photos.none', { images });
    return sentence('data.set.nothing', { first: calledBy(leftOut.path), reason: leftOut.reason });
  };
  return new DataError(sentence('data.what.photos'), named(printable(name), problem()), sentence('data.photos.remedy'));
}
