import { packTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { concatBytes } from '../../../core/bytes.ts';
import { sayIt } from '../../../language/sentence.ts';
import { take } from '../entry.ts';
import { onePiece } from './streams.ts';
import { untar } from './untar.ts';

async function read(bytes: Uint8Array) {
  const files: (readonly [string, number | string])[] = [];
  for await (const entry of untar(onePiece(bytes), 'a.tar')) {
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
  for await (const { path, read } of untar(onePiece(large), 'a.tar')) {
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

/** An archive of one file of three bytes whose header is changed by `change`. */
async function changed(change: (header: Uint8Array) => void): Promise<Uint8Array> {
  const tar = await packTar([file('AA/1.png', 3)]);
  const header = tar.subarray(0, 512);
  change(header);
  header.fill(32, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return tar;
}

test('names as Chinese Windows writes them are read, and no others become the same', async () => {
  const named = async (...bytes: readonly number[]) =>
    (await read(await changed((header) => header.set(bytes))))[0]?.[0];
  expect(await named(0xb9, 0xb7)).toBe('狗/1.png');
  expect(await named(0xbc, 0xa6)).toBe('鸡/1.png');
  expect([await named(0x41, 0xe4), await named(0x41, 0xf6)]).toEqual(['Aä/1.png', 'Aö/1.png']);
});

test('a date before 1970 or an owner with any number is no fault', async () => {
  const early = await changed((header) => header.fill(0xff, 136, 148).fill(0xff, 108, 124));
  expect(await read(early)).toEqual([['AA/1.png', 3]]);
});

test('a sparse file of GNU tar is said, and what follows it is read', async () => {
  const sparse = await changed((header) => {
    header[156] = 0x53;
    header[482] = 1;
  });
  const further = new Uint8Array(512);
  const tar = concatBytes([
    sparse.subarray(0, 512),
    further,
    sparse.subarray(512, 1024),
    await packTar([file('a', 2)]),
  ]);
  expect(await read(tar)).toEqual([
    ['AA/1.png', 'is a sparse file, whose gaps are not in the archive'],
    ['a', 2],
  ]);
});

test('archives that follow each other are read as one', async () => {
  const [one, other] = [await packTar([file('a', 600)]), await packTar([file('b', 2)])];
  expect(await read(concatBytes([one, other, new Uint8Array(10_240)]))).toEqual([
    ['a', 600],
    ['b', 2],
  ]);
});

test('one that is cut short is refused by its name', async () => {
  const tar = await packTar([file('a', 2000)]);
  await expect(read(tar.subarray(0, 1500))).rejects.toThrow('a.tar is damaged or cut short');
});
