import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SavedRun } from '../../core/results/run.ts';
import { parseRunFile } from '../../core/results/run-file.ts';
import type { Phrase } from '../../language/sentence.ts';
import type { LibraryApi } from '../../workers/library/api.ts';
import type { Client } from '../../workers/rpc.ts';
import { failurePhrase, type Handled, handledBy } from '../lab/handled.ts';

export interface RunsState {
  /** All saved runs, newest first. */
  readonly runs: readonly SavedRun[];
  /** Ids of the runs whose curves are drawn faded behind the live ones. */
  readonly shown: ReadonlySet<string>;
  readonly failure: Phrase | null;
}

/** The saved runs. A failure is put into the state. */
export interface SavedRuns {
  readonly store: StoreApi<RunsState>;
  /** Updates a run that trains in this tab, whether or not the browser stores it. */
  note(run: SavedRun): void;
  /** Reads the list of kept runs again. */
  refresh(): Handled;
  show(id: string, shown: boolean): void;
  rename(id: string, name: string): Handled;
  remove(id: string): Handled;
  /** Imports the runs of a file that this page or the terminal saved, and shows them. */
  add(text: string, file: string): Handled;
}

export function createRuns(client: Client<LibraryApi>, newId: () => string): SavedRuns {
  const store = createStore<RunsState>(() => ({ runs: [], shown: new Set(), failure: null }));
  const fail = (error: unknown) => store.setState({ failure: failurePhrase(error) });
  /** The runs of this tab: what is kept of them may be some seconds behind, or nothing. */
  const noted = new Map<string, SavedRun>();
  const tell = (runs: readonly SavedRun[]) => {
    const ids = new Set(runs.map(({ id }) => id));
    const shown = new Set([...store.getState().shown].filter((id) => ids.has(id)));
    store.setState({ runs: runs.toSorted(newestFirst), shown });
  };
  const tellKept = async (asked: Promise<readonly SavedRun[]>) => {
    try {
      const kept = await asked;
      const ids = new Set(kept.map(({ id }) => id));
      const unkept = [...noted.values()].filter(({ id }) => !ids.has(id));
      tell([...unkept, ...kept.map((run) => newer(run, noted.get(run.id)))]);
      store.setState({ failure: null });
    } catch (error) {
      fail(error);
    }
  };
  return handledBy<SavedRuns>(fail, {
    store,
    note: (run) => {
      const { runs } = store.getState();
      const known = runs.find(({ id }) => id === run.id);
      const named = { ...run, name: known?.name ?? run.name };
      noted.set(run.id, named);
      tell([...runs.filter((each) => each !== known), named]);
    },
    refresh: () => tellKept(client.call('runs')),
    show: (id, isShown) => {
      const shown = new Set(store.getState().shown);
      if (isShown) shown.add(id);
      else shown.delete(id);
      store.setState({ shown });
    },
    rename: async (id, name) => {
      const run = noted.get(id) ?? store.getState().runs.find((each) => each.id === id);
      if (run === undefined) return;
      // Where it is not kept, nothing else has its name.
      if (noted.has(id)) noted.set(id, { ...run, name });
      await tellKept(client.call('renameRun', { run, name }));
    },
    remove: (id) => {
      noted.delete(id);
      return tellKept(client.call('deleteRun', { id }));
    },
    add: async (text, file) => {
      let added: readonly SavedRun[];
      try {
        added = parseRunFile(text, file, Date.now(), newId);
        for (const run of added) await client.call('addRun', { run });
      } catch (error) {
        fail(error);
        return;
      }
      await tellKept(client.call('runs'));
      // Not before the list has them: a run that trains meanwhile would have those that are not listed hidden.
      store.setState(({ shown }) => ({ shown: new Set([...shown, ...added.map(({ id }) => id)]) }));
    },
  });
}

/** Those of one file have one time: the seeds are in order there, too. */
function newestFirst(a: SavedRun, b: SavedRun): number {
  return b.startedAt - a.startedAt || b.experiment.recipe.seed - a.experiment.recipe.seed;
}

/** The run as it is kept, with what its tab knows of it since. */
function newer(kept: SavedRun, noted: SavedRun | undefined): SavedRun {
  return noted === undefined || noted.step <= kept.step ? kept : { ...noted, name: kept.name };
}
