import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { DatasetEntry } from '../core/data/library.ts';
import type { SavedRun, SavedSession } from '../core/results/run.ts';
import { type Phrase, phraseOf, SaidError, type Sentence, sentence } from '../language/sentence.ts';

/** A run, and when it was last stored; earlier versions of the page stored no such time. */
export interface StoredRun extends SavedRun {
  readonly keptAt?: number;
}

/** The object stores of the page's database. */
interface Kept extends DBSchema {
  /** By hash. Written after the bytes, so that every listed set is complete. */
  readonly datasets: { key: string; value: DatasetEntry };
  /**
   * Packed data sets by their hash, where there is no file system for them. Written as bytes, because WebKit's ephemeral
   * sessions store no Blob; earlier versions of the page wrote Blobs.
   */
  readonly bytes: { key: string; value: Uint8Array | Blob };
  readonly runs: { key: string; value: StoredRun };
  /** By the tab. */
  readonly standings: { key: string; value: SavedSession };
}

/** An open connection to the page's database. */
export type Database = IDBPDatabase<Kept>;

const VERSION = 1;

/**
 * The connection to the database: opened when it is first needed, and again after the browser closed it, which it does
 * when a person clears the site's data.
 */
export class DatabaseConnection {
  #opening: Promise<Database> | null = null;

  /**
   * Runs `work` on an open database. A connection that turns out to be closed is opened again and `work` is run once
   * more, so `work` must be safe to repeat. Rejects where the browser keeps nothing for this page.
   */
  async use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const opening = this.#open();
    try {
      return await work(await opening);
    } catch (error) {
      const isClosed = error instanceof DOMException && error.name === 'InvalidStateError';
      if (isClosed && this.#opening === opening) this.#opening = null;
      // `terminated` or the line above cleared it: the connection was lost, and the next one may do.
      if (this.#opening === opening || !(await wasOpen(opening))) throw error;
      return work(await this.#open());
    }
  }

  /** As `use`; undefined where the browser keeps nothing for this page. */
  async ifKept<T>(work: (database: Database) => Promise<T>): Promise<T | undefined> {
    // Where storage is denied, some browsers throw at once.
    const opening = (async () => this.#open())();
    return (await wasOpen(opening)) ? this.use(work) : undefined;
  }

  #open(): Promise<Database> {
    if (this.#opening !== null) return this.#opening;
    const opening = openDB<Kept>('resnet-playground', VERSION, {
      upgrade(database) {
        database.createObjectStore('datasets', { keyPath: 'hash' });
        database.createObjectStore('bytes');
        database.createObjectStore('runs', { keyPath: 'id' });
        database.createObjectStore('standings', { keyPath: 'tab' });
      },
      // A tab with a newer version of the page waits until all older connections are closed.
      blocking: () => {
        forget();
        opening.then((database) => database.close()).catch(() => {});
      },
      terminated: () => forget(),
    });
    const forget = () => {
      if (this.#opening === opening) this.#opening = null;
    };
    // A browser that refused once may allow it later, when a person has changed a setting.
    opening.catch(forget);
    this.#opening = opening;
    return opening;
  }
}

const wasOpen = (opening: Promise<Database>): Promise<boolean> =>
  opening.then(
    () => true,
    () => false,
  );

/** The browser cannot store something. The message is one sentence: what, why, and the consequence. */
export class StorageError extends SaidError {
  override readonly name = 'StorageError';

  constructor(what: Sentence, cause: unknown, follows: Sentence = sentence('errors.storage.untilTabCloses')) {
    super(sentence('errors.storage', { what, reason: reasonOf(cause), follows }), { cause });
  }
}

function reasonOf(cause: unknown): Phrase {
  if (cause instanceof Error && cause.name === 'QuotaExceededError') return sentence('errors.storage.full');
  return cause instanceof Error && cause.message === '' ? cause.name : phraseOf(cause);
}
