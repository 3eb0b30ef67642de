import { DataError } from '../dataset.ts';

/**
 * The bytes of the file of this name, wherever the files are: a server, a disk, a person's upload. Rejects if it
 * is not there; a reader made of `fetch` must reject on an answer that is not ok, too.
 */
export type ReadFile = (name: string) => Promise<Uint8Array>;

/** Called with the finished share of the work, 0 .. 1. */
export type OnProgress = (fraction: number) => void;

/** The file's bytes. Throws a `DataError` that names the file and ends with `remedy` if it cannot be read. */
export async function readOrExplain(read: ReadFile, name: string, remedy: string): Promise<Uint8Array> {
  try {
    return await read(name);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError('data file', `${name} cannot be read (${reason})`, remedy, cause);
  }
}
