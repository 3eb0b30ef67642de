import { configure, type FileEntry, Reader, ZipReader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { Inflate } from 'fflate';
import { phraseOf, type Sentence, sayIt, sentence } from '../../../language/sentence.ts';
import { crc32 } from '../../formats/png.ts';
import { archiveFault, type Entry, EntryFault } from '../entry.ts';
import { isGbk, strictText } from '../gbk.ts';
import { BlobWindow, piecesOf } from './streams.ts';

// It would start workers from blob: addresses, which the page's policy does not allow.
configure({ useWebWorkers: false });

/** Bytes that are given to the decompressor at once: each can become a thousand times as many. */
const PIECE = 32 * 1024;

const [STORED, DEFLATED, DEFLATE64] = [0, 8, 9];
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  94: 'MP3',
  95: 'XZ',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
};

const LOCAL_HEADER = 30;

/**
 * The files of a zip archive by its central directory, which is the list at its end: what looks like a file within another
 * is none. Sizes that the list declares are not trusted: readers of an entry enforce their own limits. Throws a
 * `DataError` that names the archive where that list is missing or damaged, or all of it is encrypted.
 */
export async function* unzip(
  blob: Blob,
  name: string,
  onRead: (bytes: number) => void = () => {},
): AsyncGenerator<Entry> {
  const window = new BlobWindow(blob);
  const files = await listFiles(window, name);
  const [first] = files;
  if (first?.fault != null && files.every(({ fault }) => fault !== null && isSame(fault, first.fault))) {
    throw archiveFault(name, first.fault.problem, first.fault.remedy);
  }
  for (const file of files) {
    const { path, fault } = file;
    yield { path, fault: fault === null ? null : reasonFor(fault), read: () => readFile(window, file) };
    onRead(file.compressed);
  }
}

/** Why a file cannot be unpacked, and what to do about that, where there is more to do than to leave it out. */
interface Fault {
  readonly problem: Sentence;
  readonly remedy?: Sentence;
}

function reasonFor({ problem, remedy }: Fault): Sentence {
  return remedy === undefined ? problem : sentence('data.withRemedy', { problem, remedy });
}

function isSame(one: Fault, other: Fault | null): boolean {
  return other !== null && sayIt(one.problem) === sayIt(other.problem);
}

interface ZippedFile {
  readonly path: string;
  readonly fault: Fault | null;
  readonly offset: number;
  readonly compressed: number;
  readonly size: number;
  /** CRC-32 of its bytes, unpacked; undefined where only the archive's encryption has one. */
  readonly checksum: number | undefined;
  readonly method: number;
  /** Kept only where the library is to unpack it. */
  readonly entry: FileEntry | null;
}

/** Lets the library read through a window. */
class WindowReader extends Reader<BlobWindow> {
  readonly #window: BlobWindow;

  constructor(window: BlobWindow) {
    super(window);
    this.#window = window;
    this.size = window.size;
  }

  override readUint8Array(from: number, length: number): Promise<Uint8Array> {
    return this.#window.read(from, length);
  }
}

async function listFiles(window: BlobWindow, name: string): Promise<readonly ZippedFile[]> {
  const files: ZippedFile[] = [];
  /** Names that do not say their encoding, which the library takes for UTF-8 or, where they are none, for that of DOS. */
  const unmarked = new Map<ZippedFile, Uint8Array>();
  try {
    // Names that climb out are dealt with as those of every other source are.
    const reader = new ZipReader(new WindowReader(window), { strictness: 'tolerant' });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      const { filename, offset, compressedSize, uncompressedSize, compressionMethod: method, crc32: checksum } = entry;
      const file = {
        path: filename,
        fault: faultOf(entry),
        offset,
        compressed: compressedSize,
        size: uncompressedSize,
        checksum,
        method,
        entry: method === DEFLATE64 ? entry : null,
      };
      files.push(file);
      const { bitFlag, extraFieldUnicodePath, rawFilename } = entry;
      if (bitFlag?.languageEncodingFlag !== true && extraFieldUnicodePath === undefined)
        unmarked.set(file, rawFilename);
    }
  } catch (cause) {
    throw listFault(name, cause);
  }
  const sorted = files.toSorted((a, b) => a.offset - b.offset);
  const overlapping = sorted.find(({ offset, compressed }, at) => {
    const next = sorted[at + 1];
    return next !== undefined && offset + LOCAL_HEADER + compressed > next.offset;
  });
  // So a small archive can claim to hold any number of large files.
  if (overlapping !== undefined) throw archiveFault(name, sentence('data.archive.overlap'));
  if (!isGbk([...unmarked.values()])) return files;
  return files.map((file) => {
    const name = unmarked.get(file);
    return name === undefined ? file : { ...file, path: strictText(name, 'gbk') ?? file.path };
  });
}

function faultOf({
  encrypted,
  symlink,
  compressionMethod: method,
}: FileEntry & { readonly symlink?: boolean }): Fault | null {
  if (encrypted) return encryptedFault();
  if (symlink) return { problem: sentence('data.file.link') };
  if ([STORED, DEFLATED, DEFLATE64].includes(method)) return null;
  const by = METHODS[method] ?? sentence('data.file.methodNumber', { number: method });
  return { problem: sentence('data.file.method', { method: by }), remedy: sentence('data.remedy.deflate') };
}

function encryptedFault(): Fault {
  return { problem: sentence('data.archive.encrypted'), remedy: sentence('data.remedy.password') };
}

function listFault(name: string, cause: unknown) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const again = sentence('data.remedy.again');
  if (/split zip/i.test(reason)) {
    return archiveFault(name, sentence('data.archive.part'), sentence('data.remedy.join'), cause);
  }
  if (/encrypted/i.test(reason)) {
    const { problem, remedy } = encryptedFault();
    return archiveFault(name, problem, remedy, cause);
  }
  if (/end of central directory not found|not recognized/i.test(reason)) {
    return archiveFault(name, sentence('data.archive.noList'), again, cause);
  }
  return archiveFault(name, sentence('data.archive.badList', { reason }), again, cause);
}

async function* readFile(window: BlobWindow, file: ZippedFile): AsyncGenerator<Uint8Array> {
  const { method, entry, offset, compressed, size } = file;
  let [length, checksum] = [0, 0];
  const pieces = entry === null ? unpack(window, offset, compressed, method) : unpackByLibrary(entry);
  try {
    for await (const piece of pieces) {
      length += piece.length;
      checksum = crc32(piece, checksum);
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof EntryFault) throw cause;
    throw new EntryFault(sentence('data.file.damagedBecause', { reason: phraseOf(cause) }), { cause });
  }
  if (length !== size) throw new EntryFault(sentence('data.file.length', { bytes: length, whole: size }));
  if (file.checksum !== undefined && checksum !== file.checksum)
    throw new EntryFault(sentence('data.file.damagedBecause', { reason: sentence('data.archive.checksum') }));
}

async function* unpack(
  window: BlobWindow,
  offset: number,
  compressed: number,
  method: number,
): AsyncGenerator<Uint8Array> {
  const header = await window.read(offset, LOCAL_HEADER);
  const view = new DataView(header.buffer);
  if (header.length < LOCAL_HEADER || view.getUint32(0) !== 0x504b0304)
    throw new EntryFault(sentence('data.file.elsewhere'));
  const from = offset + LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  const to = from + compressed;
  if (to > window.size) throw new EntryFault(sentence('data.file.cutOff'));
  const ready: Uint8Array[] = [];
  const inflate = method === DEFLATED ? new Inflate((chunk) => ready.push(chunk)) : null;
  for (let at = from; at < to; at += PIECE) {
    const bytes = await window.read(at, Math.min(PIECE, to - at));
    if (inflate === null) ready.push(bytes);
    else inflate.push(bytes, at + PIECE >= to);
    yield* ready.splice(0);
  }
}

/** Decompresses Deflate64, which fflate cannot, by zip.js's own streaming decompressor. */
async function* unpackByLibrary(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  entry.getData(writable).catch((cause: unknown) => writable.abort(cause).catch(() => {}));
  yield* piecesOf(readable);
}
