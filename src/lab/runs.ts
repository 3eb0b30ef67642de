import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeptRun } from '../spec/run.ts';
import { parseRunFile } from '../spec/run-file.ts';
import type { LibraryClient } from '../worker/library-client.ts';
import type { LibraryCommand } from '../worker/library-protocol.ts';

export interface RunsState {
  /** All that are kept, newest first. */
  readonly runs: readonly KeptRun[];
  /** Those whose curves are drawn faded behind the live ones, by id. */
  readonly shown: ReadonlySet<string>;
  readonly failure: string | null;
}

/** The races that the browser keeps. What fails is told in the state. */
export interface Runs {
  readonly store: StoreApi<RunsState>;
  /** Reads anew what is kept. */
  refresh(): Promise<void>;
  show(id: string, shown: boolean): void;
  rename(id: string, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Keeps the runs in a file that this page or the terminal saved. */
  add(text: string, file: string): Promise<void>;
}

export function createRuns(client: Pick<LibraryClient, 'ask'>, newId: () => string): Runs {
  const store = createStore<RunsState>(() => ({ runs: [], shown: new Set(), failure: null }));
  const fail = (error: unknown) => store.setState({ failure: error instanceof Error ? error.message : String(error) });
  const ask = async (command: LibraryCommand) => {
    try {
      const answer = await client.ask(command);
      if (answer.of !== 'runs') return;
      const ids = new Set(answer.runs.map(({ id }) => id));
      const shown = new Set([...store.getState().shown].filter((id) => ids.has(id)));
      store.setState({ runs: answer.runs, shown, failure: null });
    } catch (error) {
      fail(error);
    }
  };
  return {
    store,
    refresh: () => ask({ ask: 'runs' }),
    show: (id, isShown) => {
      const shown = new Set(store.getState().shown);
      if (isShown) shown.add(id);
      else shown.delete(id);
      store.setState({ shown });
    },
    rename: (id, name) => ask({ ask: 'renameRun', id, name }),
    remove: (id) => ask({ ask: 'deleteRun', id }),
    add: async (text, file) => {
      try {
        for (const run of parseRunFile(text, file, Date.now(), newId)) await client.ask({ ask: 'addRun', run });
      } catch (error) {
        fail(error);
        return;
      }
      await ask({ ask: 'runs' });
    },
  };
}
