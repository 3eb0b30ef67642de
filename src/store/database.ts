import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DatasetEntry } from '../spec/library.ts';
import type { KeptRun, Standing } from '../spec/run.ts';

/** What the browser keeps for the page. */
interface Kept extends DBSchema {
  /** By the hash; written when the bytes are whole, so that what is listed is there. */
  readonly datasets: { key: string; value: DatasetEntry };
  /** Large things, where there is no file system for them. */
  readonly bytes: { key: string; value: Blob };
  readonly runs: { key: string; value: KeptRun };
  /** By the tab. */
  readonly standings: { key: string; value: Standing };
}

export type Database = IDBPDatabase<Kept>;

const VERSION = 1;

/** Opens what is kept. Rejects where the browser keeps nothing for this page. */
export async function openDatabase(): Promise<Database> {
  return openDB<Kept>('resnet-playground', VERSION, {
    upgrade(database) {
      database.createObjectStore('datasets', { keyPath: 'hash' });
      database.createObjectStore('bytes');
      database.createObjectStore('runs', { keyPath: 'id' });
      database.createObjectStore('standings', { keyPath: 'tab' });
    },
  });
}
