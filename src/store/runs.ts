import type { KeptRun, Standing, StandingSummary } from '../spec/run.ts';
import { type Database, openDatabase } from './database.ts';
import { StorageError } from './error.ts';

/** So many are kept; then the oldest goes that has no name. */
const MOST_RUNS = 100;
const MOST_STANDINGS = 3;

/** Races that the browser keeps, and where they stand. */
export class Runs {
  #opening: Promise<Database> | null = null;

  /** Keeps a race and where it stands, both or neither. Throws a `StorageError` where the browser does not. */
  async save(standing: Standing): Promise<void> {
    try {
      const database = await this.#open();
      const transaction = database.transaction(['runs', 'standings'], 'readwrite');
      const [runs, standings] = [transaction.objectStore('runs'), transaction.objectStore('standings')];
      // Somebody may have given it a name meanwhile.
      const known = await runs.get(standing.run.id);
      const run = { ...standing.run, name: known?.name ?? standing.run.name };
      await Promise.all([runs.put(run), standings.put({ ...standing, run }), transaction.done]);
      await this.#prune(database);
    } catch (cause) {
      throw new StorageError('the race', cause);
    }
  }

  /** Keeps a run from elsewhere. Throws a `StorageError` where the browser does not. */
  async add(run: KeptRun): Promise<void> {
    try {
      await (await this.#open()).put('runs', run);
    } catch (cause) {
      throw new StorageError('the run', cause);
    }
  }

  /** Newest first; none where the browser keeps nothing. */
  async list(): Promise<readonly KeptRun[]> {
    const runs = (await (await this.#open().catch(() => null))?.getAll('runs')) ?? [];
    return runs.sort((a, b) => b.startedAt - a.startedAt);
  }

  async rename(id: string, name: string): Promise<void> {
    const database = await this.#open();
    const run = await database.get('runs', id);
    if (run !== undefined) await database.put('runs', { ...run, name });
  }

  async remove(id: string): Promise<void> {
    await (await this.#open()).delete('runs', id);
  }

  /** Newest first. */
  async standings(): Promise<readonly StandingSummary[]> {
    const all = (await (await this.#open().catch(() => null))?.getAll('standings')) ?? [];
    const summaries = all.map(({ tab, savedAt, run: { experiment, step } }) => ({ tab, savedAt, experiment, step }));
    return summaries.sort((a, b) => b.savedAt - a.savedAt);
  }

  async standing(tab: string): Promise<Standing | null> {
    return (await (await this.#open()).get('standings', tab)) ?? null;
  }

  async leave(tab: string): Promise<void> {
    await (await this.#open()).delete('standings', tab);
  }

  async #prune(database: Database): Promise<void> {
    const standings = await this.standings();
    for (const { tab } of standings.slice(MOST_STANDINGS)) await database.delete('standings', tab);
    if ((await database.count('runs')) <= MOST_RUNS) return;
    const unnamed = (await this.list()).filter(({ name }) => name === null);
    const oldest = unnamed.at(-1);
    if (oldest !== undefined) await database.delete('runs', oldest.id);
  }

  #open(): Promise<Database> {
    this.#opening ??= openDatabase();
    return this.#opening;
  }
}
