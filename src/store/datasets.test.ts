import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { Datasets } from './datasets.ts';

const ENTRY = {
  name: 'pets',
  hash: 'abc',
  kind: 'images',
  classes: ['a', 'b'],
  train: 2,
  test: 1,
  bytes: 3,
  kept: true,
};

test('what is kept is there for the next who asks, until it is deleted', async () => {
  const first = new Datasets();
  await first.keep(ENTRY, [Uint8Array.of(1, 2), Uint8Array.of(3)]);
  const next = new Datasets();
  expect(await next.list()).toEqual([ENTRY]);
  expect(await next.read('abc')).toEqual(Uint8Array.of(1, 2, 3));
  expect(await next.read('other')).toBeNull();
  await next.remove('abc');
  expect(await first.list()).toEqual([]);
  expect(await first.read('abc')).toBeNull();
});

test('a browser that keeps nothing lists nothing, and says so when it should', async () => {
  const denied = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('access is denied', 'SecurityError');
  });
  const datasets = new Datasets();
  expect(await datasets.list()).toEqual([]);
  expect(await datasets.read('abc')).toBeNull();
  await expect(datasets.keep(ENTRY, [])).rejects.toThrow(
    'storage: data set pets cannot be kept (access is denied); it lasts until the tab is closed',
  );
  denied.mockRestore();
});
