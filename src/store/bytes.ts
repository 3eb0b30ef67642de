import type { Database } from './database.ts';

/** Keeps large things by their names. What is there is whole. */
export interface ByteStore {
  write(name: string, pieces: readonly Uint8Array[]): Promise<void>;
  /** Null where there is none of the name. */
  read(name: string): Promise<Uint8Array | null>;
  remove(name: string): Promise<void>;
}

/** Files of the origin's private file system where the browser has one, else records of the database. */
export async function openBytes(database: Database): Promise<ByteStore> {
  try {
    if (!('createWritable' in FileSystemFileHandle.prototype)) return recordsOf(database);
    const root = await navigator.storage.getDirectory();
    return filesIn(await root.getDirectoryHandle('data-sets', { create: true }));
  } catch {
    return recordsOf(database);
  }
}

function filesIn(folder: FileSystemDirectoryHandle): ByteStore {
  return {
    async write(name, pieces) {
      const file = await folder.getFileHandle(name, { create: true });
      // What is written takes the file's place only when it is closed.
      const writing = await file.createWritable();
      try {
        for (const piece of pieces) await writing.write(new Uint8Array(piece));
        await writing.close();
      } catch (error) {
        await writing.abort().catch(() => {});
        await folder.removeEntry(name).catch(() => {});
        throw error;
      }
    },
    async read(name) {
      const file = await folder.getFileHandle(name).catch(() => null);
      return file === null ? null : new Uint8Array(await (await file.getFile()).arrayBuffer());
    },
    async remove(name) {
      await folder.removeEntry(name).catch(() => {});
    },
  };
}

function recordsOf(database: Database): ByteStore {
  return {
    async write(name, pieces) {
      await database.put('bytes', new Blob(pieces.map((piece) => new Uint8Array(piece))), name);
    },
    async read(name) {
      const blob = await database.get('bytes', name);
      return blob === undefined ? null : new Uint8Array(await blob.arrayBuffer());
    },
    async remove(name) {
      await database.delete('bytes', name);
    },
  };
}
