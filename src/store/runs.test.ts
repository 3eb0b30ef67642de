import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { PRESETS } from '../spec/presets.ts';
import type { KeptRun, Standing } from '../spec/run.ts';
import { Runs } from './runs.ts';

const RUN: KeptRun = {
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

const standing = (tab: string, savedAt: number, run: KeptRun = RUN): Standing => ({
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
  const runs = new Runs();
  await runs.save(standing('t1', 1));
  await runs.rename('r1', 'twins at noon');
  await runs.save(standing('t1', 2, { ...RUN, step: 4 }));
  const again = new Runs();
  expect(await again.list()).toEqual([{ ...RUN, step: 4, name: 'twins at noon' }]);
  expect((await again.standing('t1'))?.snapshot).toEqual(standing('t1', 2).snapshot);
  await again.remove('r1');
  expect(await runs.list()).toEqual([]);
});

test('of what tabs left only the three newest are kept', async () => {
  const runs = new Runs();
  for (const [at, tab] of ['a', 'b', 'c', 'd'].entries()) await runs.save(standing(tab, 10 + at));
  expect((await runs.standings()).map(({ tab }) => tab)).toEqual(['d', 'c', 'b']);
  await runs.leave('d');
  expect(await runs.standing('d')).toBeNull();
});

test('a browser without room says so', async () => {
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw Object.assign(new Error('full'), { name: 'QuotaExceededError' });
  });
  await expect(new Runs().save(standing('t', 1))).rejects.toThrow(
    'storage: the race cannot be kept (the browser has no more room for this page); it lasts until the tab is closed',
  );
  full.mockRestore();
});
