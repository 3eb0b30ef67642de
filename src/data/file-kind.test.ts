import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type FileKind, fileKind, KINDS, wrongKind } from './file-kind.ts';
import { openSafetensors, writeSafetensors } from './safetensors.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const padded = (text: string) => latin1(text.padEnd(600, '\0'));
const zipped = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(9)])));

/** What files of each kind begin with, as the programs that write them begin. */
const BEGINNINGS: readonly (readonly [FileKind | null, Uint8Array])[] = [
  ['safetensors', writeSafetensors([{ name: 'a', shape: [1], values: Float32Array.of(1) }])],
  // A header of 0x10000 bytes: the length looks like an icon.
  ['safetensors', latin1('\0\0\x01\0\0\0\0\0{"a"')],
  ['torch', zipped('resnet18/data.pkl', 'resnet18/byteorder')],
  ['torch', zipped('archive/.format_version', 'archive/data.pkl')],
  ['torchPickle', latin1('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.')],
  ['cifarPickle', latin1('\x80\x02}q\x01(U\x0bbatch_labelq\x02U\x15training batch 1 of 5')],
  ['cifarPickle', latin1('\x80\x02}q\x01(U\tfilenamesq\x02]q\x03(U\x0fbos_taurus.png U\x0bfine_labels')],
  ['pickle', latin1('\x80\x04\x95\x0c\0\0\0\0\0\0\0]\x94(K\x01K\x02e.')],
  ['hdf5', padded('\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0')],
  ['keras', zipped('metadata.json', 'config.json', 'model.weights.h5')],
  ['onnx', latin1('\x08\x08\x12\x07pytorch\x1a\x052.1.0:\x90\x01')],
  ['savedModel', latin1('\x08\x01\x12\xf2\xa1\x02\n\xd0\x01')],
  ['savedModel', latin1('\n\x2a\n\x05input\x12\x0bPlaceholder*\x0b')],
  ['tflite', padded('\x1c\0\0\0TFL3\x14\0 \0')],
  ['gguf', padded('GGUF\x03\0\0\0')],
  ['npy', padded("\x93NUMPY\x01\0v\0{'descr': '<f4'")],
  ['npz', zipped('x_train.npy', 'y_train.npy')],
  ['matlab', padded('MATLAB 5.0 MAT-file, Platform: GLNXA64')],
  ['lfs', latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 46827520\n')],
  ['html', latin1('\n<!DOCTYPE html>\n<html><title>Sign in</title>')],
  ['html', latin1('<!-- saved -->\n<HTML>')],
  ['html', latin1('\xef\xbb\xbf<!doctype html>')],
  ['html', latin1('<?xml version="1.0"?><!DOCTYPE html><html>')],
  ['weightIndex', latin1('{"metadata": {"total_size": 1}, "weight_map": {"a": "model-00001.safetensors"}}')],
  ['json', latin1('{\n  "format": "resnet-playground-run"}')],
  ['json', latin1('[{"a": 1}]')],
  ['text', latin1('file,label\ncat.png,cat\n')],
  ['png', padded('\x89PNG\r\n\x1a\n')],
  ['jpeg', padded('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['gif', padded('GIF89a')],
  ['webp', padded('RIFF\x24\0\0\0WEBPVP8 ')],
  ['bmp', padded('BM\x36\0\0\0\0\0\0\0\x36\0\0\0')],
  ['avif', padded('\0\0\0\x1cftypavif')],
  ['avif', padded('\0\0\0\x20ftypmif1\0\0\0\0mif1avifmiaf')],
  ['heic', padded('\0\0\0\x18ftypheic')],
  ['heic', padded('\0\0\0\x18ftypmif1')],
  ['video', padded('\0\0\0\x18ftypmp42')],
  ['tiff', padded('II*\0\x08\0\0\0')],
  ['svg', latin1('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['svg', latin1('<?xml version="1.0"?>\n<svg>')],
  ['xml', latin1('<?xml version="1.0"?><annotation>')],
  ['pdf', padded('%PDF-1.7\n%\xe2\xe3')],
  ['office', zipped('[Content_Types].xml', '_rels/.rels')],
  ['office', padded('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['zip', zipped('cat/1.png', 'dog/2.png')],
  ['rar', padded('Rar!\x1a\x07\x01\0')],
  ['sevenZip', padded('7z\xbc\xaf\x27\x1c\0\x04')],
  ['gzip', padded('\x1f\x8b\x08')],
  ['tar', latin1(`${'a/1.png'.padEnd(257, '\0')}ustar\x0000`.padEnd(512, '\0'))],
  ['parquet', padded('PAR1')],
  ['idx', latin1('\0\0\x08\x03\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c')],
  // A record of CIFAR's binary version, or random bytes.
  [null, latin1('\x06;\0\x32\x9f\x01')],
  [null, new Uint8Array()],
];

test.each(BEGINNINGS)('%s is known by its bytes', (kind, bytes) => {
  expect(fileKind(bytes)).toBe(kind);
});

test('whatever a file begins with, it is of a kind or of none', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(fc.constantFrom(...BEGINNINGS), fc.nat(60)).map(([[, bytes], length]) => bytes.subarray(0, length)),
    fc.string().map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(anything, (bytes) => {
      const kind = fileKind(bytes);
      expect(kind === null || kind in KINDS).toBe(true);
    }),
    { numRuns: 10_000 },
  );
});

test('weights in another format are called by its name, with what to do', async () => {
  const problem = (bytes: Uint8Array) =>
    openSafetensors(new Blob([Uint8Array.from(bytes)]), 'net.bin').then(String, (error: Error) => error.message);
  for (const [kind, bytes] of BEGINNINGS) {
    const told = await problem(bytes);
    if (kind === 'safetensors') continue;
    expect(told).toMatch(/^weights file: net\.bin(:| is) .+; .+/);
    expect(told).not.toContain('header would have');
    if (kind !== null) expect(told).toContain(`net.bin is ${KINDS[kind].is}; `);
  }
  expect(await problem(latin1('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a'))).toBe(
    'weights file: net.bin is a Git LFS pointer, three lines that stand for a file; run "git lfs pull", or download the file itself',
  );
  expect(await problem(new Uint8Array())).toBe('weights file: net.bin is empty; choose another file');
});

test('what is wanted is not complained of', () => {
  expect(wrongKind(padded('\x89PNG\r\n\x1a\n'), 'a.png', 'images')).toBeNull();
  expect(wrongKind(padded('\x89PNG\r\n\x1a\n'), 'a.png', 'weights')?.message).toBe(
    'weights file: a.png is a PNG image; choose a .safetensors file',
  );
  expect(wrongKind(latin1('\x80\x02}q\x01(U\x0bbatch_label'), 'data_batch_1', 'images')?.message).toContain(
    'data_batch_1 is a part of the Python version of CIFAR (a pickle); choose the archive or the folder of the "binary',
  );
});
