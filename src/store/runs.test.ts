import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { PRESETS } from '../core/experiment/presets.ts';
import type { SavedRun, SavedSession } from '../core/results/run.ts';
import { RunStore } from './runs.ts';

const RUN: SavedRun = {
  id: 'r1',
  name: null,
  startedAt: 5,
  experiment: PRESETS.twins,
  device: { backend: 'wasm', adapter: '1 thread' },
  step: 3,
  curves: [
    {
      lane: 'plain-20',
      errors: Float32Array.of(1, 2, 3),
      losses: Float32Array.of(3, 2, 1),
      tests: [],
      divergedAt: null,
    },
  ],
};

const session = (tab: string, savedAt: number, run: SavedRun = RUN): SavedSession => ({
  tab,
  savedAt,
  until: 150,
  run,
  snapshot: new Map([
    [
      'plain-20',
      {
        net: PRESETS.twins.lanes[0]?.net ?? none(),
        steps: 3,
        stale: false,
        divergedAt: null,
        values: new Map([['a', Float32Array.of(0.1)]]),
      },
    ],
  ]),
});

function none(): never {
  throw new Error('no net');
}

test('a race is kept with where it stands, whole, and keeps the name that it is given', async () => {
  const runs = new RunStore();
  await runs.save(session('t1', 1));
  await runs.rename(RUN, 'twins at noon');
  await runs.save(session('t1', 2, { ...RUN, step: 4 }));
  const again = new RunStore();
  expect(await again.list()).toEqual([{ ...RUN, step: 4, name: 'twins at noon' }]);
  expect((await again.session('t1'))?.snapshot).toEqual(session('t1', 2).snapshot);
  await again.remove('r1');
  expect(await runs.list()).toEqual([]);
});

test('a name is cut to what its file takes', async () => {
  const runs = new RunStore();
  await runs.save(session('t1', 1));
  await runs.rename(RUN, 'm'.repeat(121));
  expect(await runs.list()).toMatchObject([{ name: 'm'.repeat(60) }]);
  await runs.remove('r1');
});

test('a run that is saved while it is renamed has its new step and its new name', async () => {
  const [one, other] = [new RunStore(), new RunStore()];
  await one.save(session('t1', 1));
  await other.list();
  await Promise.all([one.rename(RUN, 'twins at noon'), other.save(session('t1', 2, { ...RUN, step: 4 }))]);
  expect(await one.list()).toEqual([{ ...RUN, step: 4, name: 'twins at noon' }]);
  await one.remove('r1');
});

test('a run that is not stored yet, or any more, is stored when it is named, and keeps its name', async () => {
  const runs = new RunStore();
  await runs.rename(RUN, 'twins at noon');
  expect(await runs.list()).toEqual([{ ...RUN, name: 'twins at noon' }]);
  await runs.save(session('t1', 1));
  expect(await runs.list()).toEqual([{ ...RUN, name: 'twins at noon' }]);
  await runs.remove('r1');
});

async function empty(runs: RunStore) {
  for (const { tab } of await runs.sessions()) await runs.leave(tab);
  for (const { id } of await runs.list()) await runs.remove(id);
}

test('of the races that closed tabs left the three newest are kept', async () => {
  const runs = new RunStore(async () => new Set(['e']));
  await empty(runs);
  for (const [at, tab] of ['a', 'b', 'c', 'd', 'e'].entries()) await runs.save(session(tab, 10 + at));
  expect((await runs.sessions()).map(({ tab }) => tab)).toEqual(['e', 'd', 'c', 'b']);
  await runs.leave('d');
  expect(await runs.session('d')).toBeNull();
});

test('the race of an open tab is never deleted, however old it is and however many are open', async () => {
  const open = ['a', 'b', 'c', 'd', 'e'];
  const runs = new RunStore(async () => new Set(open));
  await empty(runs);
  for (const [at, tab] of open.entries()) await runs.save(session(tab, 10 + at));
  expect((await runs.sessions()).map(({ tab }) => tab)).toEqual(['e', 'd', 'c', 'b', 'a']);
});

test('a race is saved without reading those that are kept', async () => {
  const runs = new RunStore(async () => new Set(['a']));
  await empty(runs);
  for (const [at, tab] of ['a', 'b', 'c'].entries()) await runs.save(session(tab, 10 + at));
  const read = vi.spyOn(IDBObjectStore.prototype, 'getAll');
  await runs.save(session('a', 20));
  expect(read).not.toHaveBeenCalled();
  read.mockRestore();
});

test('where open tabs cannot be told from closed ones the three newest races are kept', async () => {
  const runs = new RunStore(async () => null);
  await empty(runs);
  for (const [at, tab] of ['a', 'b', 'c', 'd'].entries()) await runs.save(session(tab, 10 + at));
  expect((await runs.sessions()).map(({ tab }) => tab)).toEqual(['d', 'c', 'b']);
});

test('above a hundred runs the oldest goes that has no name and is not being trained', async () => {
  const runs = new RunStore(async () => new Set(['t']));
  await empty(runs);
  await runs.add({ ...RUN, id: 'named', name: 'twins at noon', startedAt: 1 });
  await runs.add({ ...RUN, id: 'trained', startedAt: 2 });
  for (let index = 0; index < 98; index++) await runs.add({ ...RUN, id: `run ${index}`, startedAt: 10 + index });
  await runs.save(session('t', 1, { ...RUN, id: 'trained', startedAt: 2 }));
  expect(await runs.list()).toHaveLength(100);
  await runs.save(session('u', 2, { ...RUN, id: 'newest', startedAt: 1000 }));
  const ids = (await runs.list()).map(({ id }) => id);
  expect(ids).toHaveLength(100);
  expect(ids).toEqual(expect.arrayContaining(['named', 'trained', 'newest', 'run 1']));
  expect(ids).not.toContain('run 0');
});

test('above a hundred runs one that was just imported stays, though it began before all others', async () => {
  const runs = new RunStore(async () => new Set(['t']));
  await empty(runs);
  vi.spyOn(Date, 'now').mockReturnValueOnce(1);
  await runs.add({ ...RUN, id: 'stored first', startedAt: 3000 });
  for (let index = 0; index < 99; index++) await runs.add({ ...RUN, id: `run ${index}`, startedAt: 2000 + index });
  await runs.add({ ...RUN, id: 'imported', startedAt: 1 });
  await runs.save(session('t', 1, { ...RUN, id: 'run 5', startedAt: 2005 }));
  const ids = (await runs.list()).map(({ id }) => id);
  expect(ids).toHaveLength(100);
  expect(ids).toContain('imported');
  expect(ids).not.toContain('stored first');
});

test('where the browser has no storage there is nothing to list or to delete', async () => {
  const denied = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('access is denied', 'SecurityError');
  });
  const runs = new RunStore();
  await runs.remove('r1');
  expect(await runs.list()).toEqual([]);
  denied.mockRestore();
});

test('a browser without room says so', async () => {
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  });
  await expect(new RunStore().save(session('t', 1))).rejects.toThrow(
    'storage: the race cannot be kept (the browser has no more room for this page); it lasts until the tab is closed',
  );
  full.mockRestore();
});
