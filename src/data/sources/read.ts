import { phraseOf, type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';

/**
 * Reads the file of this name, from a server, a disk or an upload. Rejects if it is missing; a reader based on `fetch`
 * must also reject if the response is not ok.
 */
export type ReadFile = (name: string) => Promise<Uint8Array>;

/** Called with the finished share of the work, 0 .. 1. */
export type OnProgress = (fraction: number) => void;

/** The file's bytes. Throws a `DataError` that names the file and ends with `remedy` if it cannot be read. */
export async function readOrExplain(read: ReadFile, name: string, remedy: Sentence): Promise<Uint8Array> {
  try {
    return await read(name);
  } catch (cause) {
    const problem = sentence('data.file.unreadable', { reason: phraseOf(cause) });
    throw new DataError(sentence('data.what.file'), named(name, problem), remedy, cause);
  }
}
