import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { sayIt } from '../../../language/sentence.ts';
import { take } from '../entry.ts';
import { streamOf } from './streams.ts';
import { untar } from './untar.ts';

async function read(bytes: Uint8Array) {
  const files: (readonly [string, number | string])[] = [];
  for await (const entry of untar(streamOf(bytes), 'a.tar')) {
    const fault = entry.fault === null ? null : sayIt(entry.fault);
    files.push([entry.path, fault ?? (await take(entry.read(), () => 5000))?.length ?? 0]);
  }
  return files;
}

const deep = `${'folder/'.repeat(40)}1.png`;
const file = (name: string, length: number) => ({ header: { name, size: length }, body: new Uint8Array(length) });

test('long names, of whatever kind, are whole, and what is not wanted is passed over', async () => {
  const long = new TextEncoder().encode(`${deep}\0`);
  const gnu = [
    { header: { name: '././@LongLink', size: long.length, type: 'gnu-long-name' as const }, body: long },
    file(deep.slice(0, 99), 3),
  ];
  expect(await read(await packTar([file(deep, 2000), ...gnu, file('./cat/2.png', 1)]))).toEqual([
    [deep, 2000],
    [deep, 3],
    ['./cat/2.png', 1],
  ]);
  const passed: string[] = [];
  const large = await packTar([file('a', 3_000_000), file('b', 3_000_000), file('c', 600)]);
  for await (const { path, read } of untar(streamOf(large), 'a.tar')) {
    passed.push(path);
    if (path === 'b') for await (const _ of read()) break;
  }
  expect(passed).toEqual(['a', 'b', 'c']);
});

test('links, devices and sparse files are said', async () => {
  const sparse = {
    header: { name: 'GNUSparseFile.0/big.bin', size: 4, pax: { 'GNU.sparse.major': '1' } },
    body: new Uint8Array(4),
  };
  const link = { header: { name: 'cat/1.png', size: 0, type: 'symlink' as const, linkname: '../dog/1.png' } };
  const pipe = { header: { name: 'pipe', size: 0, type: 'fifo' as const } };
  expect(
    await read(await packTar([sparse, link, pipe, { header: { name: 'cat/', size: 0, type: 'directory' } }])),
  ).toEqual([
    ['GNUSparseFile.0/big.bin', 'is a sparse file, whose gaps are not in the archive'],
    ['cat/1.png', 'is a link to another file'],
    ['pipe', 'is not a file (fifo)'],
  ]);
});

test('one that is cut short is refused by its name', async () => {
  const tar = await packTar([file('a', 2000)]);
  await expect(read(tar.subarray(0, 1500))).rejects.toThrow('a.tar is damaged or cut short');
});
