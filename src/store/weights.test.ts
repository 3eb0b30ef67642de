import { expect, test } from 'vitest';
import { FakeFolder } from '../testing/store/fake-folder.ts';
import { WeightStore } from './weights.ts';

const NAME = 'timm/resnet18.tv_in1k';
const bytesOf = async (blob: Blob | null) => (blob === null ? null : [...new Uint8Array(await blob.arrayBuffer())]);

function setUp() {
  const folder = new FakeFolder();
  const visit = () => new WeightStore({ folder: async () => folder, pause: 0 });
  return { folder, visit };
}

test('what broke off is there at the next visit, and is whole when the rest has come', async () => {
  const { visit } = setUp();
  const first = await visit().open(NAME);
  await first.begin('"a"', 5);
  await first.add(Uint8Array.of(1, 2, 3));
  first.close();
  expect(await visit().list()).toEqual([{ repository: NAME, bytes: 3, total: 5 }]);
  expect(await visit().whole(NAME)).toBeNull();

  const second = await visit().open(NAME);
  expect(second).toMatchObject({ size: 3, version: '"a"' });
  await second.add(Uint8Array.of(4, 5));
  expect(await bytesOf(await second.end())).toEqual([1, 2, 3, 4, 5]);
  expect(await bytesOf(await visit().whole(NAME))).toEqual([1, 2, 3, 4, 5]);

  // Two tabs may list them.
  for (const tab of [visit(), visit()]) await tab.remove(NAME);
  expect(await visit().list()).toEqual([]);
  expect(await visit().whole(NAME)).toBeNull();
});

test('another version starts over; its size may become known only at its end', async () => {
  const { visit } = setUp();
  const sink = await visit().open(NAME);
  await sink.begin('"a"', 5);
  await sink.add(Uint8Array.of(1, 2, 3));
  await sink.begin('"b"', null);
  await sink.add(Uint8Array.of(9));
  expect(await bytesOf(await sink.end())).toEqual([9]);
  expect(await visit().list()).toEqual([{ repository: NAME, bytes: 1, total: 1 }]);
  expect(await visit().open(NAME)).toMatchObject({ size: 1, version: '"b"' });
});

test('why something is not kept is said, and what fitted stays', async () => {
  const { folder, visit } = setUp();
  const sink = await visit().open(NAME);
  await sink.begin('"a"', 5);
  folder.room = [...folder.files.values()].reduce((sum, { length }) => sum + length, 0) + 2;
  await sink.add(Uint8Array.of(1));
  await expect(sink.add(Uint8Array.of(2, 3))).rejects.toThrow(
    'storage: weights of timm/resnet18.tv_in1k cannot be kept (the browser has no more room for this page); they last until the net is unloaded',
  );
  expect(await bytesOf(await sink.soFar())).toEqual([1]);

  folder.room = Number.POSITIVE_INFINITY;
  const unnamed = await visit().open(NAME);
  await expect(unnamed.begin(null, 5)).rejects.toThrow('their server does not say which version they are');
  expect(await visit().list()).toEqual([]);
  await expect(visit().open(NAME)).rejects.toThrow('another tab is fetching them');
  await expect(visit().remove(NAME)).rejects.toThrow(
    'storage: weights of timm/resnet18.tv_in1k cannot be deleted (another part of this page or another tab is fetching them); try again later',
  );
  unnamed.close();
  await visit().remove(NAME);
  expect([...folder.files.keys()]).toEqual([]);
});

test('a browser that keeps nothing lists nothing, and says so when it should', async () => {
  const denied = new WeightStore({
    folder: () => Promise.reject(new DOMException('access is denied', 'SecurityError')),
  });
  expect(await denied.list()).toEqual([]);
  expect(await denied.whole(NAME)).toBeNull();
  await expect(denied.open(NAME)).rejects.toThrow('cannot be kept (access is denied)');
});

test('a note that is none counts as nothing', async () => {
  const { folder, visit } = setUp();
  folder.files.set('timm--resnet18.tv_in1k.json', new TextEncoder().encode('{"version":'));
  folder.files.set('timm--resnet18.tv_in1k.safetensors', Uint8Array.of(1));
  expect(await visit().list()).toEqual([]);
  expect(await visit().open(NAME)).toMatchObject({ version: null });
});
