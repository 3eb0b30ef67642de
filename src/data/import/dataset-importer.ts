import type { GivenFile } from '../../core/data/given-file.ts';
import type { PictureSize } from '../../core/data/images.ts';
import { MOST_BYTES, MOST_IMAGES } from '../../core/data/library.ts';
import { type Phrase, phraseOf, type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, reasonOf } from '../dataset.ts';
import { gunzip } from './archives/gunzip.ts';
import { entriesOf } from './archives/open-source.ts';
import { onePiece } from './archives/streams.ts';
import type { DecodeImage } from './decode-image.ts';
import { type Entry, EntryFault, MEGABYTE, SkippedFiles, take } from './entry.ts';
import { ImageAccumulator } from './image-accumulator.ts';
import { MOST_IMAGE_BYTES } from './image-file.ts';
import { squareOf } from './resize.ts';
import { CifarParts, cifarFile } from './sets/cifar-binary.ts';
import { type CifarSet, FoundData } from './sets/found-data.ts';
import { declaredImages } from './sets/idx.ts';
import { IdxSets } from './sets/idx-set.ts';
import type { TestSplit } from './sets/imported-dataset.ts';
import { baseName, folderOfFile, isClutter, isTooDeep, MOST_FOLDERS, normalisePath } from './sets/paths.ts';
import { FILE_KINDS, type FileKind, kindSentence, sniff } from './sniff.ts';
import { wrongFile } from './wrong-file.ts';

/** How images are decoded, resized and split. */
export interface ImporterOptions {
  /** Pixels a side that image files are made; CIFAR and IDX have a size of their own. */
  readonly size: PictureSize;
  readonly decodeImage: DecodeImage;
  readonly split: TestSplit;
  readonly signal?: AbortSignal;
}

const MOST_BINARY_BYTES = 256 * MEGABYTE;

const notOpened = () => sentence('data.skipped.archive');

/** Imports a user's files, one after another, into data sets. */
export class DatasetImporter {
  readonly #options: ImporterOptions;
  readonly #cifar = new Map<string, CifarSet>();
  readonly #idx = new IdxSets();
  readonly #images: ImageAccumulator;
  readonly #skipped = new SkippedFiles();
  readonly #mostBytes: number;
  /** Bytes of the files of CIFAR and the MNIST family. */
  #kept = 0;
  /** The error to throw if no file can be used. */
  #wrong: DataError | null = null;
  /** Whether that is more than a note beside a data set. */
  #hasWrong = false;

  constructor(options: ImporterOptions, mostBytes = MOST_BYTES) {
    this.#options = options;
    this.#images = new ImageAccumulator(options.size, mostBytes);
    this.#mostBytes = mostBytes;
  }

  /** Takes a file in. Throws a `DataError` only where the whole cannot be used because of it. */
  async add(entry: Entry): Promise<void> {
    this.#options.signal?.throwIfAborted();
    const path = normalisePath(entry.path);
    if (path === null) return this.#skipped.add(entry.path, sentence('data.skipped.outside'));
    if (isClutter(path)) return;
    if (isTooDeep(path)) return this.#skipped.add(path, sentence('data.skipped.deep', { most: MOST_FOLDERS }));
    if (entry.fault !== null) return this.#skipped.add(path, entry.fault);
    await this.#read(path, path, entry.read());
  }

  /** Reads a file as far as it may be of use. Where it is unpacked its `name` has lost an ending of its path. */
  async #read(path: string, name: string, pieces: AsyncIterable<Uint8Array>, isUnpacked = false): Promise<void> {
    let reason: Phrase | null = null;
    let head = new Uint8Array();
    try {
      const bytes = await take(pieces, (first) => {
        head = first.slice();
        reason = isUnpacked && sniff(head) === 'gzip' ? notOpened() : this.#refuse(name, head);
        return reason === null ? maxBytesFor(name, head) : 0;
      });
      if (bytes === null) this.#skipped.add(path, reason ?? '');
      else await this.#take(name, bytes);
    } catch (error) {
      if (!(error instanceof EntryFault)) throw error;
      if (isIdx(name, head)) this.#idx.addFault(name, error.sentence);
      this.#skipped.add(path, error.sentence);
    }
  }

  /** Why a file cannot be used, by its first bytes; null if it may be usable. */
  #refuse(path: string, head: Uint8Array): Sentence | null {
    const kind = sniff(head);
    const { role } = FILE_KINDS[kind];
    if (isIdx(path, head) && declaredImages(head) > MOST_IMAGES) return this.#refuseLarge(path, declaredImages(head));
    if (role === 'image' || role === 'numbers' || kind === 'gzip') return null;
    if (MAY_BE_CIFAR.has(kind) && cifarFile(baseName(path)) !== null) return null;
    if (role === 'archive') return notOpened();
    if (role === 'table') return sentence('data.skipped.table', { kind: kindSentence(kind) });
    const wrong = wrongFile(head, path, 'images');
    if (wrong === null) return sentence('data.skipped.unknown');
    if (OFTEN_BESIDE.has(kind)) {
      this.#wrong ??= wrong;
      return kindSentence(kind);
    }
    this.#complain(wrong);
    return wrong.kind;
  }

  /** Hears what a zip archive begins with, which is complained of where nothing in it is of use. */
  addZip(path: string, head: Uint8Array): void {
    const wrong = wrongFile(head, path, 'images');
    if (wrong !== null) this.#complain(wrong);
  }

  /** The first complaint is the one. */
  #complain(wrong: DataError): void {
    if (!this.#hasWrong) [this.#wrong, this.#hasWrong] = [wrong, true];
  }

  /** A set with such a file says so: it would otherwise take it for missing. */
  #refuseLarge(path: string, count: number): Sentence {
    const [problem, remedy] = [
      sentence('data.set.images', { count }),
      sentence('data.set.most', { most: MOST_IMAGES }),
    ];
    this.#idx.addFault(path, problem, remedy);
    return sentence('data.withRemedy', { problem, remedy });
  }

  async #take(path: string, bytes: Uint8Array): Promise<void> {
    const kind = sniff(bytes);
    const cifar = cifarFile(baseName(path));
    if (kind === 'gzip') return this.#takePacked(path, bytes);
    if (FILE_KINDS[kind].role === 'image') return this.#addImage(path, bytes);
    this.#kept += bytes.length;
    if (this.#kept > this.#mostBytes) {
      const problem = sentence('data.set.tooLarge', { megabytes: Math.round(this.#mostBytes / 1e6) });
      throw new DataError(sentence('data.what.dataset'), problem, sentence('data.set.leaveOut'));
    }
    if (cifar !== null) return this.#addCifar(folderOfFile(path), cifar, bytes);
    this.#idx.add(path, bytes);
  }

  /** A gzip file in an archive: of use where it holds a file of the MNIST family. */
  async #takePacked(path: string, packed: Uint8Array): Promise<void> {
    await this.#read(path, path.replace(/\.gz$/i, ''), unpacked(packed), true);
  }

  async #addImage(path: string, bytes: Uint8Array): Promise<void> {
    let image: Uint8Array;
    try {
      image = squareOf(await this.#options.decodeImage(bytes, path), this.#options.size);
    } catch (error) {
      return this.#skipped.add(path, reasonOf(error));
    }
    this.#images.add(path, image);
  }

  #addCifar(folder: string, { kind, name }: NonNullable<ReturnType<typeof cifarFile>>, bytes: Uint8Array): void {
    const key = `${folder}/${kind}`;
    const set = this.#cifar.get(key) ?? { folder, parts: new CifarParts(kind), fault: null };
    this.#cifar.set(key, set);
    try {
      set.parts.add(name, bytes);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      set.fault ??= error;
    }
  }

  /** The imported data sets and the tables beside them. Call it once, after the last `add`. */
  finish(source: string, tables: readonly GivenFile[] = []): FoundData {
    const { split, size } = this.#options;
    const cifar = [...this.#cifar.values()];
    return new FoundData({
      source,
      split,
      size,
      cifar,
      idx: this.#idx,
      tables,
      images: this.#images,
      skipped: this.#skipped,
      wrong: this.#hasWrong || this.#skipped.count === 1 ? this.#wrong : null,
    });
  }
}

/** Kinds of files that often accompany a data set and are skipped. */
const OFTEN_BESIDE: ReadonlySet<FileKind> = new Set(['text', 'json', 'html', 'empty', 'pdf']);

/** CIFAR's records begin with a label, so by chance as other files do; its names are text. */
const MAY_BE_CIFAR: ReadonlySet<FileKind> = new Set(['unknown', 'text', 'idx', 'json']);

/** Whether a file is one of the MNIST family. */
function isIdx(path: string, head: Uint8Array): boolean {
  return sniff(head) === 'idx' && cifarFile(baseName(path)) === null;
}

async function* unpacked(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(onePiece(packed));
  } catch (cause) {
    throw new EntryFault(sentence('data.file.damagedBecause', { reason: phraseOf(cause) }), { cause });
  }
}

/** Maximum number of bytes to read of a file. */
function maxBytesFor(path: string, head: Uint8Array): number {
  return FILE_KINDS[sniff(head)].role === 'image' && cifarFile(baseName(path)) === null
    ? MOST_IMAGE_BYTES
    : MOST_BINARY_BYTES;
}

/** Options of `findData`. */
export interface ImportOptions extends ImporterOptions {
  /** Called with the share of the files' bytes that is read, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Finds the data sets in the user's files: CIFAR, IDX, or images in one folder per class, in archives or not. Throws a
 * `DataError` that names the file and the fault.
 */
export async function findData(
  files: readonly GivenFile[],
  { onProgress, ...options }: ImportOptions,
): Promise<FoundData> {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  let read = 0;
  const gatherer = new DatasetImporter(options);
  const tables: GivenFile[] = [];
  const entries = entriesOf(files, {
    onTable: (file) => tables.push(file),
    onZip: (path, head) => gatherer.addZip(path, head),
    onRead: (bytes) => {
      read += bytes;
      onProgress?.(total === 0 ? 1 : Math.min(1, read / total));
    },
  });
  for await (const entry of entries) await gatherer.add(entry);
  return gatherer.finish(sourceName(files), tables);
}

/** A name for these files, in no language: the name of the archive, or of their common folder; "a.png + 3" if there is none. */
export function sourceName(files: readonly GivenFile[]): string {
  const [first, ...others] = files;
  if (first === undefined) return 'nothing';
  const folder = first.path.split('/')[0] ?? first.path;
  const isOne = others.every(({ path }) => path.startsWith(`${folder}/`));
  return others.length === 0 || isOne ? folder : `${folder} + ${others.length}`;
}
