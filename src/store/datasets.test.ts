import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { FakeFolder } from '../testing/store/fake-folder.ts';
import { DatasetStore } from './datasets.ts';

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
  const first = new DatasetStore();
  await first.keep(ENTRY, [Uint8Array.of(1, 2), Uint8Array.of(3)]);
  const next = new DatasetStore();
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
  const datasets = new DatasetStore();
  expect(await datasets.list()).toEqual([]);
  expect(await datasets.read('abc')).toBeNull();
  await datasets.remove('abc');
  await expect(datasets.keep(ENTRY, [])).rejects.toThrow(
    'storage: data set pets cannot be kept (access is denied); it lasts until the tab is closed',
  );
  denied.mockRestore();
});

test('bytes go into the database as bytes, since an ephemeral WebKit session stores no Blob', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  await new DatasetStore().keep(ENTRY, [Uint8Array.of(1, 2), Uint8Array.of(3)]);
  expect(put.mock.calls.map(([value]) => value)).toEqual([Uint8Array.of(1, 2, 3), ENTRY]);
  put.mockRestore();
});

test('a set that an earlier version of the page kept as a Blob is read still', async () => {
  await new DatasetStore().keep(ENTRY, [Uint8Array.of(1)]);
  const database = await openDB('resnet-playground');
  await database.put('bytes', new Blob([Uint8Array.of(7, 8)]), 'abc');
  database.close();
  expect(await new DatasetStore().read('abc')).toEqual(Uint8Array.of(7, 8));
});

test('a connection that the browser closed is opened again', async () => {
  const datasets = new DatasetStore();
  await datasets.keep(ENTRY, [Uint8Array.of(1)]);
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  });
  expect(await datasets.list()).toEqual([ENTRY]);
  transaction.mockRestore();
});

test('a newer version of the page need not wait for a connection of this one', async () => {
  const datasets = new DatasetStore();
  await datasets.list();
  const newer = await openDB('resnet-playground', 2);
  newer.close();
  // This version of the page cannot read the newer database; it says nothing is kept and fails at nothing else.
  expect(await datasets.list()).toEqual([]);
  indexedDB.deleteDatabase('resnet-playground');
});

test('a browser that refused once is asked again', async () => {
  const denied = vi.spyOn(indexedDB, 'open').mockImplementationOnce(() => {
    throw new DOMException('access is denied', 'SecurityError');
  });
  const datasets = new DatasetStore();
  expect(await datasets.list()).toEqual([]);
  denied.mockRestore();
  await datasets.keep(ENTRY, [Uint8Array.of(1)]);
  expect(await datasets.list()).toEqual([ENTRY]);
});

test('a set that was kept as a record is read and deleted where an update of the browser has brought files', async () => {
  await new DatasetStore().keep(ENTRY, [Uint8Array.of(1, 2, 3)]);
  const folder = new FakeFolder();
  const getDirectory = async () => ({ getDirectoryHandle: async () => folder });
  vi.stubGlobal('navigator', { storage: { getDirectory } });
  vi.stubGlobal(
    'FileSystemFileHandle',
    class FileSystemFileHandle {
      createWritable() {}
    },
  );
  const updated = new DatasetStore();
  expect(await updated.read('abc')).toEqual(Uint8Array.of(1, 2, 3));
  // A file goes before a record, and is not written again by the same set, which may have no room.
  folder.files.set('abc', Uint8Array.of(4));
  await updated.keep(ENTRY, [Uint8Array.of(4)]);
  expect(await updated.read('abc')).toEqual(Uint8Array.of(4));
  await updated.remove('abc');
  vi.unstubAllGlobals();
  expect(folder.files.size).toBe(0);
  const database = await openDB('resnet-playground');
  expect(await database.count('bytes')).toBe(0);
  database.close();
});
