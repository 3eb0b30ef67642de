import type { DatasetEntry } from '../core/data/library.ts';
import { printable } from '../core/quote.ts';
import { sentence } from '../language/sentence.ts';
import { DatabaseConnection, StorageError } from './database.ts';

/** Stores large byte arrays by name. Reads return complete arrays only. */
export interface ByteStore {
  write(name: string, pieces: readonly Uint8Array[]): Promise<void>;
  /** Null if it does not exist. */
  read(name: string): Promise<Uint8Array | null>;
  remove(name: string): Promise<void>;
}

/**
 * Files of the origin's private file system where the browser can write some, else records of the database. Sets that were
 * kept as records before an update of the browser stay there.
 */
async function openBytes(connection: DatabaseConnection): Promise<ByteStore> {
  const isWritable = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
  const records = recordsOf(connection);
  if (!isWritable || (await dataSetsFolder().catch(() => null)) === null) return records;
  return {
    write: FILES.write,
    read: async (name) => (await FILES.read(name)) ?? records.read(name),
    remove: async (name) => {
      await FILES.remove(name);
      await records.remove(name);
    },
  };
}

/** Looked up at each use: a handle of a folder that was deleted with the site's data never works again. */
async function dataSetsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('data-sets', { create: true });
}

const FILES: ByteStore = {
  async write(name, pieces) {
    const folder = await dataSetsFolder();
    const file = await folder.getFileHandle(name, { create: true });
    const { size } = await file.getFile();
    // Its name is its hash: a file of this length is this set, and a second copy may have no room.
    if (size === pieces.reduce((sum, { length }) => sum + length, 0)) return;
    // The file's content changes only when the stream is closed.
    const writing = await file.createWritable();
    try {
      for (const piece of pieces) await writing.write(new Uint8Array(piece));
      await writing.close();
    } catch (error) {
      await writing.abort().catch(() => {});
      if (size === 0) await folder.removeEntry(name).catch(() => {});
      throw error;
    }
  },
  async read(name) {
    const file = await (await dataSetsFolder()).getFileHandle(name).catch(() => null);
    return file === null ? null : new Uint8Array(await (await file.getFile()).arrayBuffer());
  },
  async remove(name) {
    await (await dataSetsFolder()).removeEntry(name).catch(() => {});
  },
};

function recordsOf(connection: DatabaseConnection): ByteStore {
  return {
    async write(name, pieces) {
      const whole = new Uint8Array(await new Blob(pieces.map((piece) => new Uint8Array(piece))).arrayBuffer());
      await connection.use((database) => database.put('bytes', whole, name));
    },
    async read(name) {
      const kept = await connection.use((database) => database.get('bytes', name));
      if (kept === undefined) return null;
      return kept instanceof Blob ? new Uint8Array(await kept.arrayBuffer()) : kept;
    },
    async remove(name) {
      await connection.use((database) => database.delete('bytes', name));
    },
  };
}

/** The stored data sets of this origin, for all tabs and workers. */
export class DatasetStore {
  readonly #connection = new DatabaseConnection();
  #opening: Promise<ByteStore> | null = null;

  /** All complete sets, by name; empty if the browser has no storage. */
  async list(): Promise<readonly DatasetEntry[]> {
    const entries = await this.#connection.use((database) => database.getAll('datasets')).catch(() => []);
    return entries.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Stores a set: first its bytes, then its entry. Throws a `StorageError` if the browser cannot. */
  async keep(entry: DatasetEntry, pieces: readonly Uint8Array[]): Promise<void> {
    try {
      await (await this.#bytes()).write(entry.hash, pieces);
      await this.#connection.use((database) => database.put('datasets', entry));
    } catch (cause) {
      throw new StorageError(sentence('errors.storage.dataset', { name: printable(entry.name) }), cause);
    }
  }

  /** The packed bytes of a set; null if it is not stored. */
  async read(hash: string): Promise<Uint8Array | null> {
    const entry = await this.#connection.use((database) => database.get('datasets', hash)).catch(() => undefined);
    return entry === undefined ? null : (await this.#bytes()).read(hash);
  }

  /** Does nothing if the browser has no storage. */
  async remove(hash: string): Promise<void> {
    await this.#connection.ifKept(async (database) => {
      await database.delete('datasets', hash);
      await (await this.#bytes()).remove(hash);
    });
  }

  #bytes(): Promise<ByteStore> {
    this.#opening ??= openBytes(this.#connection);
    return this.#opening;
  }
}
