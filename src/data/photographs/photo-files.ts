import type { GivenFile } from '../../core/data/given-file.ts';
import type { LeftOut } from '../../core/data/photographs.ts';
import { wait } from '../../core/wait.ts';
import { type Phrase, phraseOf, sentence } from '../../language/sentence.ts';
import { entriesOf } from '../import/archives/open-source.ts';
import { type Entry, MEGABYTE, take } from '../import/entry.ts';
import { isGbk, strictText } from '../import/gbk.ts';
import { MOST_IMAGE_BYTES } from '../import/image-file.ts';
import { isClutter, isTooDeep, MOST_FOLDERS, normalisePath } from '../import/sets/paths.ts';
import { FILE_KINDS, kindSentence, sniff } from '../import/sniff.ts';
import { mayBeReadLater } from '../unreadable.ts';
import { ImagePaths } from './image-paths.ts';
import { LabelTable } from './label-table.ts';

const MOST_TABLE_BYTES = 64 * MEGABYTE;
/** Milliseconds of work after which the worker handles its messages. */
const BREATH = 50;

/** Names that are taken for images without a look inside, and for tables of labels. */
const IMAGE_NAME = /\.(jpe?g|jfif|png|webp|gif|bmp|avif|heic|tiff?)$/i;
const TABLE_NAME = /\.(csv|tsv|txt)$/i;

/** What a table says of an image. */
export interface TableLabel {
  readonly text: string;
  /** Whether the table does not say that this is the label. */
  readonly isGuess: boolean;
}

/** The image files, the tables of labels and the Parquet files in what a person gave. */
export interface FoundFiles {
  /** Normalised paths of image files, each once, in the order of the files. */
  readonly images: readonly string[];
  /** The labels that tables give to images, by their paths. Tables that say where the labels are have precedence, then the first. */
  readonly labels: ReadonlyMap<string, TableLabel>;
  readonly tables: readonly GivenFile[];
  /** Paths of the given files that hold no others, as `entriesOf` gives them. */
  readonly plain: ReadonlySet<string>;
}

/** Options of `findFiles`. */
export interface FindOptions {
  readonly signal: AbortSignal;
  /** Called with the number of image files that are found so far. */
  readonly onFound: (images: number) => void;
  readonly onLeftOut: (file: LeftOut) => void;
}

/**
 * Lists files without decoding images. Rejects with a `DataError` where the only file is an archive that cannot be opened;
 * beside others it is left out.
 */
export async function findFiles(files: readonly GivenFile[], options: FindOptions): Promise<FoundFiles> {
  const { signal, onFound, onLeftOut } = options;
  const tables: GivenFile[] = [];
  const labelTables: LabelTable[] = [];
  const images = new Set<string>();
  const takeOther = async (entry: Entry, path: string) => {
    const isTable = TABLE_NAME.test(path);
    let head = new Uint8Array(0);
    const bytes = await take(entry.read(), (first) => {
      head = first.slice();
      return isTable ? MOST_TABLE_BYTES : 0;
    });
    if (FILE_KINDS[sniff(head)].role === 'image') images.add(path);
    else if (bytes === null) onLeftOut({ path, reason: kindSentence(sniff(head)) });
    else {
      const text = textOf(bytes);
      if (text === null) onLeftOut({ path, reason: sentence('data.file.encoding') });
      else labelTables.push(new LabelTable(path, text));
    }
  };
  const plain = new Set<string>();
  const onTable = (file: GivenFile) => tables.push(file);
  const onPlain = (path: string) => plain.add(path);
  for await (const entry of entriesOf(files, { onRead: () => {}, onTable, onPlain })) {
    signal.throwIfAborted();
    const path = normalisePath(entry.path);
    if (path !== null && isClutter(path)) continue;
    if (path === null) onLeftOut({ path: entry.path, reason: sentence('data.skipped.outside') });
    else if (isTooDeep(path)) onLeftOut({ path, reason: sentence('data.skipped.deep', { most: MOST_FOLDERS }) });
    else if (entry.fault !== null) onLeftOut({ path, reason: entry.fault });
    else if (IMAGE_NAME.test(path)) images.add(path);
    else await takeOther(entry, path).catch((error: unknown) => onLeftOut({ path, reason: phraseOf(error) }));
    onFound(images.size);
  }
  const all = [...images];
  return { images: all, labels: await labelsFrom(labelTables, all, signal), tables, plain };
}

/** There may be as many tables as images, where each has a text beside it. */
async function labelsFrom(tables: readonly LabelTable[], images: readonly string[], signal: AbortSignal) {
  const labels = new Map<string, TableLabel>();
  const paths = new ImagePaths(images);
  let breath = performance.now();
  const [telling, guessed] = [tables.filter(({ isTold }) => isTold), tables.filter(({ isTold }) => !isTold)];
  for (const table of [...telling, ...guessed]) {
    if (performance.now() - breath > BREATH) {
      await wait();
      breath = performance.now();
    }
    signal.throwIfAborted();
    const isGuess = !table.isTold;
    for (const [path, text] of table.labelsOf(paths)) if (!labels.has(path)) labels.set(path, { text, isGuess });
  }
  return labels;
}

/** The text of a table as programs save it: UTF-8, UTF-16 with a mark, or what Excel writes on Chinese Windows; else null. */
function textOf(bytes: Uint8Array): string | null {
  const mark = bytes.subarray(0, 2).join();
  if (mark === '255,254') return strictText(bytes, 'utf-16le');
  if (mark === '254,255') return strictText(bytes, 'utf-16be');
  return strictText(bytes, 'utf-8') ?? (isGbk([bytes]) ? strictText(bytes, 'gbk') : null);
}

/** Why there are no bytes of an image file. */
export interface Missed {
  readonly bytes: null;
  readonly reason: Phrase;
  /** Whether it is the disk that has none now, such as one that was unplugged, so that the file may be read later. */
  readonly isForNow: boolean;
}

/** The bytes of an image file, or why there are none. */
export type ReadImage = { readonly path: string } & ({ readonly bytes: Uint8Array } | Missed);

/** Options of `readImages`. */
export interface ReadOptions {
  readonly wanted: ReadonlySet<string>;
  readonly plain: FoundFiles['plain'];
  readonly signal: AbortSignal;
}

/**
 * Reads the image files of these paths, in the order of the files. Those of an archive that cannot be opened any more do not
 * come; where it is the only file, this rejects. Only the wanted ones of the `plain` files, which hold no others, are touched:
 * a thousand among fifty thousand on a slow drive.
 */
export async function* readImages(
  files: readonly GivenFile[],
  { wanted, plain, signal }: ReadOptions,
): AsyncGenerator<ReadImage> {
  const left = new Set(wanted);
  const isWanted = (path: string) => !plain.has(path) || left.has(normalisePath(path) ?? '');
  for await (const entry of entriesOf(files, { onRead: () => {}, onTable: () => {}, isWanted })) {
    signal.throwIfAborted();
    const path = normalisePath(entry.path);
    if (path === null || !left.delete(path)) continue;
    yield await readImage(entry, path);
    if (left.size === 0) return;
  }
}

async function readImage(entry: Entry, path: string): Promise<ReadImage> {
  if (entry.fault !== null) {
    return { path, bytes: null, reason: entry.fault, isForNow: entry.fault.key === 'data.file.unreadable' };
  }
  try {
    let kind = sniff(new Uint8Array(0));
    const bytes = await take(entry.read(), (head) => {
      kind = sniff(head);
      return FILE_KINDS[kind].role === 'image' ? MOST_IMAGE_BYTES : 0;
    });
    return bytes === null ? { path, bytes, reason: kindSentence(kind), isForNow: false } : { path, bytes };
  } catch (error) {
    return { path, bytes: null, reason: phraseOf(error), isForNow: mayBeReadLater(error) };
  }
}
