import { concatBytes } from '../../../core/bytes.ts';
import type { GivenFile } from '../../../core/data/given-file.ts';
import { phraseOf, type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, NamedDataError } from '../../dataset.ts';
import { type Entries, type Entry, EntryFault } from '../entry.ts';
import { baseName, folderOfFile, plainName, sharedFolders } from '../sets/paths.ts';
import { type FileKind, SNIFFED_BYTES, sniff } from '../sniff.ts';
import { gunzip } from './gunzip.ts';
import { piecesOf } from './streams.ts';
import { untar } from './untar.ts';

/**
 * The user's files one by one, with archives opened. If there are several files, the content of an archive lies in a
 * folder of its name: `train.zip` and `test.zip` are splits, and the parts of one download are one folder. A file that cannot
 * be read is an entry with that fault; so is an archive, behind what is read of it, unless it is the only file, where its
 * `DataError` is thrown.
 */
export async function* entriesOf(files: readonly GivenFile[], options: OpenOptions): Entries {
  const { onRead, onTable, onZip, onPlain, isWanted } = options;
  const shared = sharedFolders(files.map(({ path }) => path.split('/').slice(0, -1)));
  for (const { path: hidden, blob } of files) {
    const path = shown(hidden, shared);
    const file = { path, blob };
    if (isWanted?.(path) === false) continue;
    const content = await contentOf(blob, (head) => onZip?.(path, head)).catch((cause: unknown) => faultOf(cause));
    if (content === 'table') {
      onTable(file);
      continue;
    }
    if (content === 'file') onPlain?.(path);
    if (files.length === 1) {
      yield* opened(file, content, onRead);
      continue;
    }
    const [around, name] = [folderOfFile(path), stem(baseName(path))];
    const folder = around === '' ? name : `${around}/${name}`;
    try {
      for await (const entry of opened(file, content, onRead)) {
        const { fault } = entry;
        yield entry.isInside ? { path: `${folder}/${entry.path}`, fault, read: () => readInside(entry) } : entry;
      }
    } catch (cause) {
      if (!(cause instanceof NamedDataError)) throw cause;
      yield { path, fault: cause.reason, read: () => readable(piecesOf(blob.stream())) };
    }
  }
}

/** The bytes of a file in one of several archives: where the archive is damaged there, the others are read. */
async function* readInside(entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    yield* entry.read();
  } catch (cause) {
    throw cause instanceof NamedDataError ? new EntryFault(cause.reason, { cause }) : cause;
  }
}

/** A path whose first folders have names that do not hide them: folders that are all chosen are meant. */
function shown(path: string, folders: number): string {
  const parts = path.split('/');
  return parts.map((part, at) => (at < folders ? part.replace(/^\.+(?=[^.])/, '') : part)).join('/');
}

/** Options of `entriesOf`. */
export interface OpenOptions {
  /** Called with the number of bytes of each read. */
  readonly onRead: (bytes: number) => void;
  /** Called with each table, which is read by ranges, not as a stream. */
  readonly onTable: (file: GivenFile) => void;
  /** Called with the first bytes of each zip archive: by its first file it may be a format of its own. */
  readonly onZip?: (path: string, head: Uint8Array) => void;
  /** Called with the path of each file that holds no others. */
  readonly onPlain?: (path: string) => void;
  /** Whether a file is read at all, of which nothing is known but its path; without it every file is. */
  readonly isWanted?: (path: string) => boolean;
}

interface OpenedEntry extends Entry {
  /** Whether it lies in an archive. */
  readonly isInside: boolean;
}

async function* opened(
  { path, blob }: GivenFile,
  content: Content | Sentence,
  onRead: (bytes: number) => void,
): AsyncGenerator<OpenedEntry> {
  const name = baseName(path);
  const all = () => counted(blob, onRead);
  if (content === 'zip') {
    const { unzip } = await loadUnzip();
    for await (const entry of unzip(blob, name, onRead)) yield { ...entry, isInside: true };
  } else if (content === 'tar' || content === 'packed tar') {
    const tar = content === 'tar' ? all() : gunzip(all());
    for await (const entry of untar(tar, name)) yield { ...entry, isInside: true };
  } else if (content === 'packed file') {
    const read = () => readable(gunzip(all()));
    yield { path: path.replace(/\.gz$/i, ''), fault: null, isInside: false, read };
  } else {
    const fault = typeof content === 'string' ? null : content;
    yield { path, fault, isInside: false, read: () => readable(all()) };
  }
}

/** The pieces of a file alone; where it is damaged, or gone from the disk, it is faulty, and the others are read. */
async function* readable(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    throw new EntryFault(faultOf(cause), { cause });
  }
}

/** Why a file cannot be read: the platform's own reasons are about the disk, all others about the bytes. */
function faultOf(cause: unknown): Sentence {
  const reason = phraseOf(cause);
  return cause instanceof DOMException
    ? sentence('data.file.unreadable', { reason })
    : sentence('data.file.cutBecause', { reason });
}

/** What is done with a file: `packed` by gzip. */
type Content = 'table' | 'zip' | 'tar' | 'packed tar' | 'packed file' | 'file';

/** What is in a file, by its beginning, and where that may precede an archive, by its end. Rejects where it cannot be read. */
async function contentOf(blob: Blob, onZip: (head: Uint8Array) => void): Promise<Content> {
  const head = new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer());
  const kind = sniff(head);
  if (kind === 'parquet') return 'table';
  if (kind === 'tar') return 'tar';
  if (kind === 'gzip') return sniff(await headOfGzip(blob)) === 'tar' ? 'packed tar' : 'packed file';
  if (ZIPS.has(kind)) onZip(head);
  return ZIPS.has(kind) || (MAY_PRECEDE_ZIP.has(kind) && (await endsAsZip(blob))) ? 'zip' : 'file';
}

/** Loaded on demand: 100 kB that few visitors need. */
function loadUnzip(): Promise<typeof import('./unzip.ts')> {
  return import('./unzip.ts').catch((cause: unknown) => {
    const problem = sentence('data.archive.notLoaded');
    throw new DataError(sentence('data.what.archive'), problem, sentence('data.remedy.reload'), cause);
  });
}

/** Zip archives, also those that only their first file tells from others: a folder of images may begin with `metadata.json`. */
const ZIPS: ReadonlySet<FileKind> = new Set(['zip', 'keras', 'npz', 'torch']);
/** Kinds of files that can precede a zip archive in a self-extracting one. */
const MAY_PRECEDE_ZIP: ReadonlySet<FileKind> = new Set(['program', 'text', 'unknown']);
const END_OF_ZIP = 22;
const LONGEST_COMMENT = 65_535;

/** Whether a file ends as a zip archive does: with the record that says where its list of files is, and a comment. */
async function endsAsZip(blob: Blob): Promise<boolean> {
  if (blob.size < END_OF_ZIP) return false;
  const tail = new Uint8Array(await blob.slice(-(END_OF_ZIP + LONGEST_COMMENT)).arrayBuffer());
  const view = new DataView(tail.buffer);
  for (let at = tail.length - END_OF_ZIP; at >= 0; at--) {
    if (view.getUint32(at) === 0x504b0506 && at + END_OF_ZIP + view.getUint16(at + 20, true) === tail.length)
      return true;
  }
  return false;
}

async function headOfGzip(blob: Blob): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of gunzip(piecesOf(blob.stream()))) {
    pieces.push(piece);
    length += piece.length;
    if (length >= SNIFFED_BYTES) break;
  }
  return concatBytes(pieces).subarray(0, SNIFFED_BYTES);
}

async function* counted(blob: Blob, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of piecesOf(blob.stream())) {
    onRead(piece.length);
    yield piece;
  }
}

/** What follows a folder's name in the names of the zip archives that Google Drive makes of it: a time, and a number. */
const DRIVE = /-\d{8}T\d{6}Z(-\d+)+$/;

function stem(name: string): string {
  return plainName(name)
    .replace(/(\.tar)?\.(zip|tar|tgz|gz|exe)$/i, '')
    .replace(DRIVE, '');
}
