import { MOST_TYPED } from '../core/experiment/parse/parse-values.ts';
import { cutName } from '../core/quote.ts';
import { type SavedRun, type SavedSession, type SessionSummary, tabOfLock } from '../core/results/run.ts';
import { sentence } from '../language/sentence.ts';
import { type Database, DatabaseConnection, StorageError } from './database.ts';

/** Maximum number of runs; above it the oldest run without a name is deleted. */
const MOST_RUNS = 100;
/** Maximum number of sessions of closed tabs. */
const MOST_LEFT = 3;

/** The tabs that are open, by name; null where the browser cannot tell. */
export type OpenTabs = () => Promise<ReadonlySet<string> | null>;

/** Every open tab holds a Web Lock on its name. */
const tabsWithLocks: OpenTabs = async () => {
  const held = (await globalThis.navigator?.locks?.query())?.held;
  return held === undefined ? null : new Set(held.flatMap(({ name }) => tabOfLock(name) ?? []));
};

/** Stored runs, and the last saved session of each tab. */
export class RunStore {
  readonly #connection = new DatabaseConnection();
  readonly #openTabs: OpenTabs;
  /** Names that were given to runs before they were stored, by id. */
  readonly #names = new Map<string, string>();

  constructor(openTabs: OpenTabs = tabsWithLocks) {
    this.#openTabs = openTabs;
  }

  /** Stores a run with its session in one transaction. Throws a `StorageError` if the browser cannot. */
  async save(session: SavedSession): Promise<void> {
    try {
      await this.#connection.use(async (database) => {
        const transaction = database.transaction(['runs', 'standings'], 'readwrite');
        const [runs, sessions] = [transaction.objectStore('runs'), transaction.objectStore('standings')];
        // The run may have been renamed since it was last saved.
        const known = await runs.get(session.run.id);
        const run = { ...session.run, name: known?.name ?? this.#names.get(session.run.id) ?? session.run.name };
        await Promise.all([runs.put(run), sessions.put({ ...session, run }), transaction.done]);
        await this.#prune(database, session.tab);
      });
    } catch (cause) {
      throw new StorageError(sentence('errors.storage.race'), cause);
    }
  }

  /** Stores an imported run. Throws a `StorageError` if the browser cannot. */
  async add(run: SavedRun): Promise<void> {
    try {
      await this.#connection.use((database) => database.put('runs', run));
    } catch (cause) {
      throw new StorageError(sentence('errors.storage.run'), cause);
    }
  }

  /** Newest first; empty if the browser has no storage. */
  async list(): Promise<readonly SavedRun[]> {
    return this.#connection.use(newestRuns).catch(() => []);
  }

  /** A run that is not stored has the name when it is saved. Does nothing if the browser has no storage. */
  async rename(id: string, name: string): Promise<void> {
    await this.#connection.ifKept(async (database) => {
      // Another tab may save the run meanwhile.
      const { store, done } = database.transaction('runs', 'readwrite');
      const run = await store.get(id);
      const typed = cutName(name, MOST_TYPED);
      if (run === undefined) this.#names.set(id, typed);
      await Promise.all([run !== undefined && store.put({ ...run, name: typed }), done]);
    });
  }

  /** Does nothing if the browser has no storage. */
  async remove(id: string): Promise<void> {
    this.#names.delete(id);
    await this.#connection.ifKept((database) => database.delete('runs', id));
  }

  /** Newest first; empty if the browser has no storage. */
  async sessions(): Promise<readonly SessionSummary[]> {
    return this.#connection.use(newestSessions).catch(() => []);
  }

  async session(tab: string): Promise<SavedSession | null> {
    return (await this.#connection.use((database) => database.get('standings', tab))) ?? null;
  }

  async leave(tab: string): Promise<void> {
    await this.#connection.use((database) => database.delete('standings', tab));
  }

  /** Never deletes the race of an open tab, however many are open, nor a run that the user named. */
  async #prune(database: Database, ownTab: string): Promise<void> {
    const open = await this.#openTabs();
    // Sessions contain the weights of all their nets: they are read only where one is to be deleted.
    const tabs = await database.getAllKeys('standings');
    const left = new Set(tabs.filter((tab) => tab !== ownTab && open?.has(tab) !== true));
    // Where open tabs are unknown, the tab that saves counts among those that may have been left.
    const most = open === null ? MOST_LEFT - 1 : MOST_LEFT;
    if (left.size > most) {
      const sessions = (await newestSessions(database)).filter(({ tab }) => left.has(tab));
      for (const { tab } of sessions.slice(most)) await database.delete('standings', tab);
    }
    if ((await database.count('runs')) <= MOST_RUNS) return;
    // A race that is being trained may have begun long ago.
    const session = new Set((await database.getAll('standings')).map(({ run }) => run.id));
    const oldest = (await newestRuns(database)).findLast(({ id, name }) => name === null && !session.has(id));
    if (oldest !== undefined) await database.delete('runs', oldest.id);
  }
}

async function newestRuns(database: Database): Promise<readonly SavedRun[]> {
  return (await database.getAll('runs')).sort((a, b) => b.startedAt - a.startedAt);
}

async function newestSessions(database: Database): Promise<readonly SessionSummary[]> {
  const all = await database.getAll('standings');
  const summaries = all.map(({ tab, savedAt, run: { experiment, step } }) => ({ tab, savedAt, experiment, step }));
  return summaries.sort((a, b) => b.savedAt - a.savedAt);
}
