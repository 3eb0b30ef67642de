import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import { deflateSync, zipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { sayIt } from '../../../language/sentence.ts';
import { noise } from '../../../testing/data/synthetic.ts';
import { pngOf } from '../../../testing/data/true-formats.ts';
import { rawZip, type WrittenEntry, type ZipOptions } from '../../../testing/data/zip-files.ts';
import { take } from '../entry.ts';
import { unzip } from './unzip.ts';

const IMAGE = pngOf(1, 2, 3);

/** Each file's path with how many bytes it has, or why it has none. */
async function read(bytes: Uint8Array): Promise<readonly (readonly [string, number | string])[]> {
  const files: (readonly [string, number | string])[] = [];
  for await (const entry of unzip(new Blob([Uint8Array.from(bytes)]), 'a.zip')) {
    const fault = entry.fault === null ? null : sayIt(entry.fault);
    const taken = fault ?? (await take(entry.read(), () => 2 ** 20).catch((error: Error) => error.message));
    files.push([entry.path, typeof taken === 'string' ? taken : (taken?.length ?? 0)]);
  }
  return files;
}

const raw = (entries: readonly WrittenEntry[], options?: ZipOptions) => read(rawZip(entries, options));

test('what looks like a file within another is none', async () => {
  const inner = zipSync({ 'bird/9.png': IMAGE });
  const image = noise(300_000, 'a');
  // A local header in the middle of an image that does not compress.
  image.set([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 99], 20_000);
  const stored = zipSync({ 'cat/1.png': image, 'more.zip': inner, 'dog/2.png': IMAGE }, { level: 0 });
  expect(await read(stored)).toEqual([
    ['cat/1.png', 300_000],
    ['more.zip', inner.length],
    ['dog/2.png', IMAGE.length],
  ]);
});

describe('an archive is read', () => {
  const entry = { name: 'cat/1.png', data: IMAGE };
  const found = [['cat/1.png', IMAGE.length]];
  const packed = deflateSync(IMAGE);

  it.each<[string, WrittenEntry, ZipOptions]>([
    ['stored', entry, {}],
    ['with a comment', entry, { comment: 'made by PK\x05\x06 a program' }],
    ['behind a program that unpacks itself', entry, { prefix: noise(5000, 'program') }],
    ['deflated', { ...entry, data: packed, method: 8, unpacked: IMAGE }, {}],
    // A block that is stored is the same in both kinds of Deflate.
    ['by Deflate64', { ...entry, data: deflateSync(IMAGE, { level: 0 }), method: 9, unpacked: IMAGE }, {}],
  ])('%s', async (_, written, options) => {
    expect(await raw([written], options)).toEqual(found);
  });

  it.each([
    ['zip64', { zip64: true }],
    ['with sizes behind the data', { dataDescriptor: true, dataDescriptorSignature: true }],
  ])('%s', async (_, options) => {
    const writer = new ZipWriter(new BlobWriter(), { ...options, useWebWorkers: false });
    await writer.add('cat/1.png', new Uint8ArrayReader(IMAGE));
    expect(await read(new Uint8Array(await (await writer.close()).arrayBuffer()))).toEqual(found);
  });

  it('with names in UTF-8, marked so or not, or in the code page of DOS', async () => {
    const dos = Uint8Array.of(0x4b, 0x84, 0x66, 0x65, 0x72);
    const names = [{ name: 'Käfer', flags: 0x800 }, { name: 'Käfer' }, { name: dos }];
    const files = await raw(names.map((each) => ({ ...each, data: IMAGE })));
    expect(files.map(([name]) => name)).toEqual(['Käfer', 'Käfer', 'Käfer']);
  });

  it('with names as Chinese Windows writes them, in which a byte may be that of a backslash', async () => {
    // 猫, 誠 and 狗 in GBK; the first alone would be UTF-8.
    const names = [Uint8Array.of(0xc3, 0xa8), Uint8Array.of(0xd5, 0x5c, 0x2f, 0xb9, 0xb7), 'plain'];
    expect((await raw(names.map((name) => ({ name, data: IMAGE })))).map(([name]) => name)).toEqual([
      '猫',
      '誠/狗',
      'plain',
    ]);
    // "garçon" in the code page of DOS is text in GBK, too, and "Füße" is not.
    const french = Uint8Array.of(0x67, 0x61, 0x72, 0x87, 0x6f, 0x6e);
    const german = Uint8Array.of(0x46, 0x81, 0xe1, 0x65);
    expect(await raw([{ name: french, data: IMAGE }])).toEqual([['garçon', IMAGE.length]]);
    expect((await raw([french, german].map((name) => ({ name, data: IMAGE })))).map(([name]) => name)).toEqual([
      'garçon',
      'Füße',
    ]);
  });
});

describe('a file that cannot be read is said, and the others are read', () => {
  const good = { name: 'cat/1.png', data: IMAGE };
  it.each<[string, Partial<WrittenEntry>, RegExp]>([
    ['encrypted', { flags: 1 }, /^is encrypted; unpack it/],
    ['by Zstandard', { method: 93 }, /^is compressed by Zstandard, which cannot be read here/],
    ['by PPMd', { method: 98 }, /^is compressed by PPMd/],
    ['by an unknown method', { method: 77 }, /^is compressed by method 77/],
    ['a link', { mode: 0o120777 }, /^is a link/],
    ['of another length', { size: 12 }, /^is damaged \(.* bytes instead of 12\)$/],
    ['no Deflate', { method: 8, data: noise(100, 'x') }, /^is damaged/],
    ['cut short', { method: 8, data: deflateSync(noise(900, 'y')).subarray(0, 500), size: 900 }, /^is damaged/],
  ])('%s', async (_, fault, reason) => {
    const files = await raw([{ name: 'dog/1.png', data: IMAGE, ...fault }, good]);
    expect(files[0]?.[1]).toMatch(reason);
    expect(files[1]).toEqual(['cat/1.png', IMAGE.length]);
  });
});

test('a file of which a byte has changed is damaged, though as long as before', async () => {
  const changed = zipSync({ 'cat/1.png': IMAGE, 'dog/2.png': IMAGE }, { level: 0 });
  // Behind the local header and the name.
  const at = 30 + 'cat/1.png'.length + 20;
  changed[at] = 255 - (changed[at] ?? 0);
  expect(await read(changed)).toEqual([
    ['cat/1.png', 'is damaged (its checksum does not match)'],
    ['dog/2.png', IMAGE.length],
  ]);
});

describe('an archive is refused by a sentence', () => {
  const one = { name: 'cat/1.png', data: IMAGE };
  it.each<[string, Uint8Array, string]>([
    ['cut off', rawZip([one, { ...one, name: 'b' }]).subarray(0, 150), 'is cut off: the list of its files'],
    ['encrypted', rawZip([{ ...one, flags: 1 }]), 'a.zip is encrypted; unpack it with its password'],
    [
      'by a method that is not known here',
      rawZip([{ ...one, method: 14 }]),
      'a.zip is compressed by LZMA, which cannot be read here; zip it',
    ],
    ['whose files overlap', rawZip([one, { ...one, name: 'dog/1.png', dataOf: 0 }]), 'has files that overlap'],
  ])('%s', async (_, bytes, sentence) => {
    await expect(read(bytes)).rejects.toThrow(sentence);
  });
});

test('a bomb is left where it is enough', async () => {
  const bomb = zipSync({ 'cat/1.png': new Uint8Array(64 * 2 ** 20) });
  let read = 0;
  for await (const entry of unzip(new Blob([Uint8Array.from(bomb)]), 'a.zip')) {
    const counted = async function* () {
      for await (const piece of entry.read()) {
        read += piece.length;
        yield piece;
      }
    };
    await expect(take(counted(), () => 2 ** 20)).rejects.toThrow('has more than 1 MB');
  }
  // One piece of the archive may become a thousand times as much.
  expect(read).toBeLessThan(34 * 2 ** 20);
});
