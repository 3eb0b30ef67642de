import { concatBytes } from '../../core/bytes.ts';
import { type Phrase, SaidError, type Sentence, sentence } from '../../language/sentence.ts';
import { NamedDataError } from '../dataset.ts';
import { anotherFile } from './archives/streams.ts';
import { SNIFFED_BYTES } from './sniff.ts';

/** One of the user's files: in an archive, in a folder, or alone. */
export interface Entry {
  /** Its path with folders, as the source gives it. */
  readonly path: string;
  /** Why it cannot be read, null where it can. */
  readonly fault: Sentence | null;
  /**
   * Its bytes in chunks; call it at most once, and before the next entry is requested. Throws an `EntryFault` where the
   * file is damaged, a `DataError` where the whole archive is.
   */
  read(): AsyncIterable<Uint8Array>;
}

/** Files one after another. What an archive holds is never in memory whole. */
export type Entries = AsyncIterable<Entry>;

/** Bytes in a mebibyte. */
export const MEGABYTE = 2 ** 20;

/** One file is faulty and is skipped; the message says why. */
export class EntryFault extends SaidError {
  override readonly name = 'EntryFault';
}

/**
 * The bytes of a file of which `most` says, by the first of them, how many are wanted; null where none are. However large
 * the file claims or turns out to be, no more than that is in memory. Throws an `EntryFault` where it has more.
 */
export async function take(
  pieces: AsyncIterable<Uint8Array>,
  most: (head: Uint8Array) => number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let wanted: number | null = null;
  for await (const piece of pieces) {
    chunks.push(piece);
    length += piece.length;
    if (wanted === null && length >= SNIFFED_BYTES) wanted = most(headOf(chunks));
    if (wanted === 0) return null;
    if (wanted !== null && length > wanted)
      throw new EntryFault(sentence('data.file.tooLarge', { most: wanted / MEGABYTE }));
  }
  wanted ??= most(headOf(chunks));
  return wanted === 0 ? null : concatBytes(chunks);
}

function headOf(chunks: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  const first = chunks.filter((chunk) => {
    const isNeeded = length < SNIFFED_BYTES;
    length += isNeeded ? chunk.length : 0;
    return isNeeded;
  });
  return concatBytes(first).subarray(0, SNIFFED_BYTES);
}

/** The error that a whole archive cannot be read. */
export function archiveFault(
  name: string,
  problem: Sentence,
  remedy: Sentence = anotherFile(),
  cause?: unknown,
): NamedDataError {
  return new NamedDataError(sentence('data.what.archive'), name, problem, remedy, cause);
}

/** A skipped file, row of a table or folder of skipped files, and the reason. */
export interface SkippedFile {
  readonly path: Phrase;
  readonly reason: Phrase;
  /** How many files that are. */
  readonly count: number;
}

const MOST_NAMED = 50;

/** The skipped files: the first of them by name, and the number of the others. */
export class SkippedFiles {
  readonly named: SkippedFile[] = [];
  count = 0;
  /** Number of skipped files besides the named ones. */
  more = 0;

  /** `count` is how many they are where the path is that of a folder. */
  add(path: Phrase, reason: Phrase, count = 1): void {
    this.count += count;
    if (this.named.length < MOST_NAMED) this.named.push({ path, reason, count });
    else this.more += count;
  }

  addAll({ named, count, more }: SkippedFiles): void {
    const kept = named.slice(0, MOST_NAMED - this.named.length);
    this.named.push(...kept);
    this.count += count;
    this.more += more + named.slice(kept.length).reduce((sum, each) => sum + each.count, 0);
  }
}
