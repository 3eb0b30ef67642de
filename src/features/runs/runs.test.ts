import { expect, test, vi } from 'vitest';
import type { SavedCurve, SavedRun } from '../../core/results/run.ts';
import { runFile } from '../../core/results/run-file.ts';
import { fakeLibrary } from '../../testing/fake-library.ts';
import { TWO } from '../../testing/fake-worker.ts';
import { createRuns } from './runs.ts';

const run = (id: string, step: number, more: Partial<SavedRun> = {}): SavedRun => ({
  id,
  name: null,
  startedAt: 1,
  experiment: TWO,
  device: null,
  step,
  curves: [],
  ...more,
});

/** The list after `noted` was trained in this tab and `kept` was read from the browser's storage. */
async function listed(noted: SavedRun, kept: readonly SavedRun[]): Promise<readonly SavedRun[]> {
  const runs = createRuns(fakeLibrary({ runs: async () => kept }), () => 'id');
  runs.note(noted);
  await runs.refresh();
  return runs.store.getState().runs;
}

test('what the tab knows of a run is newer than what is kept of it, up to the step that is kept', async () => {
  expect(await listed(run('a', 50), [run('a', 25)])).toEqual([run('a', 50)]);
  expect(await listed(run('a', 50), [run('a', 75)])).toEqual([run('a', 75)]);
});

test('a run keeps the name that was given to it, also while it trains', async () => {
  expect(await listed(run('a', 50), [run('a', 25, { name: 'twins at noon' })])).toEqual([
    run('a', 50, { name: 'twins at noon' }),
  ]);
});

test('so does one that the browser does not keep', async () => {
  const runs = createRuns(fakeLibrary({}), () => 'id');
  runs.note(run('a', 50));
  await runs.rename('a', 'twins at noon');
  runs.note(run('a', 75));
  await runs.refresh();
  expect(runs.store.getState().runs).toEqual([run('a', 75, { name: 'twins at noon' })]);
});

test('a run that the browser has let go meanwhile is stored when it is named', async () => {
  const asked: unknown[] = [];
  const library = fakeLibrary({
    renameRun: async (request) => {
      asked.push(request);
      return [{ ...request.run, name: request.name }];
    },
  });
  const runs = createRuns(library, () => 'id');
  runs.note(run('a', 50));
  await runs.refresh();
  await runs.rename('a', 'twins at noon');
  expect(asked).toMatchObject([{ run: { id: 'a', step: 50 }, name: 'twins at noon' }]);
  expect(runs.store.getState().runs).toEqual([run('a', 50, { name: 'twins at noon' })]);
});

test('a run that the browser does not keep is listed while its tab is open, newest first', async () => {
  const ids = (await listed(run('here', 5, { startedAt: 2 }), [run('old', 9), run('new', 9, { startedAt: 3 })])).map(
    ({ id }) => id,
  );
  expect(ids).toEqual(['new', 'here', 'old']);
});

test('runs that are imported while one trains are shown', async () => {
  const kept: SavedRun[] = [];
  const lists: (() => void)[] = [];
  const library = fakeLibrary({
    addRun: async ({ run: added }) => {
      kept.push(added);
      return [];
    },
    runs: () =>
      new Promise((resolve) => {
        lists.push(() => resolve(kept));
      }),
  });
  const runs = createRuns(library, () => 'imported');
  const file = runFile(run('elsewhere', 0, { curves: TWO.lanes.map(({ name }) => curve(name)) }));
  const adding = runs.add(file, 'runs.json');
  await vi.waitFor(() => expect(lists).toHaveLength(1));
  runs.note(run('here', 5));
  lists[0]?.();
  await adding;
  expect([...runs.store.getState().shown]).toEqual(['imported']);
});

function curve(lane: string): SavedCurve {
  return { lane, errors: new Float32Array(), losses: new Float32Array(), tests: [], divergedAt: null };
}
