import { gzipSync, zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, it, test } from 'vitest';
import { sayIt } from '../../language/sentence.ts';
import { imagesParquet } from '../../testing/data/parquet-files.ts';
import { cifarRecords, idxOf, pngOf } from '../../testing/data/true-formats.ts';
import { kindSentence, sniff } from './sniff.ts';

/** Bytes of Latin-1 characters, filled up to a length that no format refuses. */
function bytes(start: string, length = 64): Uint8Array {
  const all = new Uint8Array(Math.max(length, start.length));
  all.set(Array.from(start, (character) => character.charCodeAt(0)));
  return all;
}

const oldTar = async () => {
  const tar = await packTar([{ header: { name: 'cat/1.png', size: 3 }, body: new Uint8Array(3) }]);
  // What came before POSIX.1-1988 has neither magic nor version; its checksum is that of the other bytes.
  tar.fill(0, 257, 265);
  tar.fill(0x20, 148, 156);
  const sum = tar.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  tar.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return tar;
};

describe('the first bytes say what a file is', () => {
  it.each([
    ['png', pngOf(1, 2, 3)],
    ['jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['webp', bytes('RIFF\x20\0\0\0WEBPVP8 ')],
    ['audio', bytes('RIFF\x20\0\0\0WAVEfmt ')],
    ['gif', bytes('GIF89a')],
    ['bmp', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0')],
    ['unknown', bytes('BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x01\0\0\0')],
    ['avif', bytes('\0\0\0\x1cftypavif\0\0\0\0mif1avif')],
    ['avif', bytes('\0\0\0\x1cftypmif1\0\0\0\0mif1avif')],
    ['heic', bytes('\0\0\0\x18ftypheic\0\0\0\0mif1')],
    ['video', bytes('\0\0\0\x18ftypisom\0\0\0\0mp41')],
    ['tiff', bytes('II*\0')],
    ['ico', bytes('\0\0\x01\0\x01\0')],
    ['zip', zipSync({ 'cat/1.png': pngOf(1, 2, 3) })],
    ['zip', zipSync({})],
    ['npz', zipSync({ 'arr_0.npy': new Uint8Array(3) })],
    ['torch', zipSync({ 'resnet/data.pkl': new Uint8Array(3) })],
    ['office', zipSync({ '[Content_Types].xml': new Uint8Array(3) })],
    ['gzip', gzipSync(new Uint8Array(3))],
    ['parquet', imagesParquet([])],
    ['idx', idxOf([2, 3, 3], new Uint8Array(18))],
    ['idx', idxOf([3], [0, 1, 2])],
    ['pickle', bytes('\x80\x02}q\x01(')],
    ['safetensors', bytes('\x18\0\0\0\0\0\0\0{"a":{"dtype":')],
    ['safetensors', bytes('\0\0\x01\0\0\0\0\0{ "a"')],
    ['onnx', bytes('\x08\x07\x12\x07pytorch')],
    ['hdf5', bytes('\x89HDF\r\n\x1a\n')],
    ['lfs', bytes('version https://git-lfs.github.com/spec/v1\n')],
    ['html', bytes('\n <!DOCTYPE html><title>', 0)],
    ['svg', bytes('<?xml version="1.0"?>\n<svg>', 0)],
    ['json', bytes('{"a": 1}', 0)],
    ['text', bytes('airplane\nautomobile\n', 0)],
    ['text', new TextEncoder().encode('Käfer'.repeat(200))],
    ['empty', new Uint8Array()],
    ['unknown', cifarRecords([[3], 10])],
    ['unknown', Uint8Array.of(0, 1)],
  ] as const)('%s', (kind, file) => {
    expect(sniff(file.subarray(0, 512))).toBe(kind);
    expect(sniff(file)).toBe(kind);
  });

  test('tar, with its magic or without', async () => {
    expect(sniff(await packTar([{ header: { name: 'a', size: 0 } }]))).toBe('tar');
    const old = await oldTar();
    expect(sniff(old)).toBe('tar');
    old[0] = 0x41;
    expect(sniff(old)).toBe('unknown');
  });
});

test('a kind is called so that people know what it is', () => {
  expect(sayIt(kindSentence('lfs'))).toContain('not downloaded');
});
