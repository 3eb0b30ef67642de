import { MOST_TYPED } from '../core/experiment/parse/parse-values.ts';
import { cutName } from '../core/quote.ts';
import { MOST_RUNS, type SavedRun, type SavedSession, type SessionSummary, tabOfLock } from '../core/results/run.ts';
import { sentence } from '../language/sentence.ts';
import { type Database, DatabaseConnection, StorageError, type StoredRun } from './database.ts';

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
        const run = { ...session.run, name: known?.name ?? session.run.name };
        await Promise.all([runs.put(storedNow(run)), sessions.put({ ...session, run }), transaction.done]);
        await this.#prune(database, session.tab);
      });
    } catch (cause) {
      throw new StorageError(sentence('errors.storage.race'), cause);
    }
  }

  /** Stores an imported run. Throws a `StorageError` if the browser cannot. */
  async add(run: SavedRun): Promise<void> {
    try {
      await this.#connection.use((database) => database.put('runs', storedNow(run)));
    } catch (cause) {
      throw new StorageError(sentence('errors.storage.run'), cause);
    }
  }

  /** Newest first; empty if the browser has no storage. */
  async list(): Promise<readonly SavedRun[]> {
    const stored = await this.#connection.use((database) => database.getAll('runs')).catch(() => []);
    return stored.map(({ keptAt: _, ...run }) => run).sort((a, b) => b.startedAt - a.startedAt);
  }

  /** Names a run, and stores it where it is not stored yet, or any more. Does nothing if the browser has no storage. */
  async rename(run: SavedRun, name: string): Promise<void> {
    await this.#connection.ifKept(async (database) => {
      // Another tab may save the run meanwhile.
      const { store, done } = database.transaction('runs', 'readwrite');
      const stored = (await store.get(run.id)) ?? storedNow(run);
      await Promise.all([store.put({ ...stored, name: cutName(name, MOST_TYPED) }), done]);
    });
  }

  /** Does nothing if the browser has no storage. */
  async remove(id: string): Promise<void> {
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

  /**
   * Never deletes the race of an open tab, however many are open, nor a run that the user named. Among the other
   * runs, it deletes the one that was stored longest ago: an imported run may have begun before all others.
   */
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
    const unnamed = (await database.getAll('runs')).filter(({ id, name }) => name === null && !session.has(id));
    const [oldest] = unnamed.sort((a, b) => keptAt(a) - keptAt(b) || a.startedAt - b.startedAt);
    if (oldest !== undefined) await database.delete('runs', oldest.id);
  }
}

function storedNow(run: SavedRun): StoredRun {
  return { ...run, keptAt: Date.now() };
}

/** When a run was stored last. Earlier versions stored no time but that at which it began. */
function keptAt({ keptAt: at, startedAt }: StoredRun): number {
  return at ?? startedAt;
}

async function newestSessions(database: Database): Promise<readonly SessionSummary[]> {
  const all = await database.getAll('standings');
  const summaries = all.map(({ tab, savedAt, run: { experiment, step } }) => ({ tab, savedAt, experiment, step }));
  return summaries.sort((a, b) => b.savedAt - a.savedAt);
}
