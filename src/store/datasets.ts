import type { DatasetEntry } from '../spec/library.ts';
import { printable } from '../spec/quote.ts';
import { type ByteStore, openBytes } from './bytes.ts';
import { type Database, openDatabase } from './database.ts';
import { StorageError } from './error.ts';

/** The data sets that the browser keeps, for whatever tab or worker asks. */
export class Datasets {
  #opening: Promise<{ readonly database: Database; readonly bytes: ByteStore }> | null = null;

  /** All that are whole, by name; none where the browser keeps nothing. */
  async list(): Promise<readonly DatasetEntry[]> {
    const opened = await this.#open().catch(() => null);
    const entries = (await opened?.database.getAll('datasets')) ?? [];
    return entries.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Keeps a set: first its bytes, then that it is there. Throws a `StorageError` where the browser does not. */
  async keep(entry: DatasetEntry, pieces: readonly Uint8Array[]): Promise<void> {
    try {
      const { database, bytes } = await this.#open();
      await bytes.write(entry.hash, pieces);
      await database.put('datasets', entry);
    } catch (cause) {
      throw new StorageError(`data set ${printable(entry.name)}`, cause);
    }
  }

  /** The bytes of a set, packed; null where it is not kept. */
  async read(hash: string): Promise<Uint8Array | null> {
    const opened = await this.#open().catch(() => null);
    if (opened === null || (await opened.database.get('datasets', hash)) === undefined) return null;
    return opened.bytes.read(hash);
  }

  async remove(hash: string): Promise<void> {
    const { database, bytes } = await this.#open();
    await database.delete('datasets', hash);
    await bytes.remove(hash);
  }

  #open() {
    this.#opening ??= openDatabase().then(async (database) => ({ database, bytes: await openBytes(database) }));
    return this.#opening;
  }
}
