import type { DatasetEntry } from '../core/data/library.ts';
import { printable } from '../core/quote.ts';
import { type ByteStore, openBytes } from './bytes.ts';
import { Connection } from './database.ts';
import { StorageError } from './error.ts';

/** The data sets that the browser keeps, for every tab and worker of this origin. */
export class Datasets {
  readonly #connection = new Connection();
  #opening: Promise<ByteStore> | null = null;

  /** All complete sets, by name; none where the browser keeps nothing. */
  async list(): Promise<readonly DatasetEntry[]> {
    const entries = await this.#connection.use((database) => database.getAll('datasets')).catch(() => []);
    return entries.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Keeps a set: first its bytes, then its entry. Throws a `StorageError` where the browser does not. */
  async keep(entry: DatasetEntry, pieces: readonly Uint8Array[]): Promise<void> {
    try {
      await (await this.#bytes()).write(entry.hash, pieces);
      await this.#connection.use((database) => database.put('datasets', entry));
    } catch (cause) {
      throw new StorageError(`data set ${printable(entry.name)}`, cause);
    }
  }

  /** The packed bytes of a set; null where it is not kept. */
  async read(hash: string): Promise<Uint8Array | null> {
    const entry = await this.#connection.use((database) => database.get('datasets', hash)).catch(() => undefined);
    return entry === undefined ? null : (await this.#bytes()).read(hash);
  }

  async remove(hash: string): Promise<void> {
    await this.#connection.use((database) => database.delete('datasets', hash));
    await (await this.#bytes()).remove(hash);
  }

  #bytes(): Promise<ByteStore> {
    this.#opening ??= openBytes(this.#connection);
    return this.#opening;
  }
}
