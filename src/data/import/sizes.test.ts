import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { PICTURE_SIZES, type PictureSize } from '../../core/data/images.ts';
import { MOST_IMAGES } from '../../core/data/library.ts';
import { decodePngOnly, importFiles } from '../../testing/data/import-files.ts';
import { cifarRecords, given, pngOf } from '../../testing/data/true-formats.ts';
import { datasetFrom } from '../decoded-images.ts';
import { ImageAccumulator } from './image-accumulator.ts';
import { contentHash, packDataset, storedImages, unpackDataset } from './packed-dataset.ts';
import { importPreview } from './preview.ts';

const FILES = Object.fromEntries(
  Array.from({ length: 8 }, (_, n) => [`${n % 2 === 0 ? 'cat' : 'dog'}/${n}.png`, pngOf(10 * n, 20, 30, 40 + n)]),
);

const read = (size: PictureSize) =>
  importFiles([given('pets.zip', zipSync(FILES))], {
    size,
    decodeImage: decodePngOnly,
    split: { share: 0.25, seed: 1 },
  });

async function bytesAt(size: PictureSize): Promise<Uint8Array> {
  return Uint8Array.from(packDataset(await read(size)).flatMap((piece) => [...piece]));
}

describe.each(PICTURE_SIZES)('images made %i pixels wide', (size) => {
  test('are so in the preview, kept, and read again', async () => {
    const set = await read(size);
    const preview = importPreview(set, 'pets');
    const bytes = await bytesAt(size);
    expect([preview.size, preview.bytes]).toEqual([size, bytes.length]);
    expect(preview.classes[0]?.samples[0]).toMatchObject({ size, rgb: { length: size * size * 3 } });
    const kept = unpackDataset(bytes, 'pets');
    expect([kept.size, kept.train.images.length, kept.test.images.length]).toEqual([
      size,
      6 * size * size * 3,
      2 * size * size * 3,
    ]);
    // Of one colour before, of that colour after.
    const reds = Array.from(kept.train.labels, (_, at) => kept.train.images[at * size * size * 3] ?? 0);
    const tested = Array.from(kept.test.labels, (_, at) => kept.test.images[at * size * size * 3] ?? 0);
    expect([...reds, ...tested].sort((a, b) => a - b)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
  });

  test('are a data set at every size that divides theirs, and at no other', async () => {
    const decoded = storedImages(await bytesAt(size), 'pets');
    const cut = (to: 8 | 16 | 32 | 48 | 64) =>
      datasetFrom(decoded, { source: 'own', name: 'pets', hash: '0'.repeat(64), size: to });
    for (const to of [8, 16, 32, 48, 64] as const) {
      if (size % to === 0) expect(cut(to)).toMatchObject({ size: to, train: { images: { length: 6 * to * to * 3 } } });
      else
        expect(() => cut(to)).toThrow(`image size: images of ${size} pixels per side cannot be given at ${to}; choose`);
    }
    expect(cut(size).train.images).toBe(decoded.train.images);
  });
});

test('at the usual size the bytes, and so the name in links, are those from before there was a choice', async () => {
  const [, header] = packDataset(await read(32));
  expect(new TextDecoder().decode(header)).toBe('{"classes":["cat","dog"],"train":6,"test":2}');
  const [, other] = packDataset(await read(64));
  expect(new TextDecoder().decode(other)).toBe('{"classes":["cat","dog"],"train":6,"test":2,"size":64}');
  const hashes = await Promise.all(PICTURE_SIZES.map(async (size) => contentHash(packDataset(await read(size)))));
  expect(new Set(hashes).size).toBe(PICTURE_SIZES.length);
});

test('CIFAR has a size of its own', async () => {
  const files = [given('c/data_batch_1.bin', cifarRecords([[3], 10], [[0], 11], [[1], 9], [[1], 8]))];
  const set = await importFiles(files, { size: 64, decodeImage: decodePngOnly, split: { share: 0.5, seed: 1 } });
  expect([set.size, set.train[0]?.images.length]).toEqual([32, (set.train[0]?.labels.length ?? 0) * 3072]);
});

test('more bytes than a page should hold are refused by number', () => {
  const images = new ImageAccumulator(64, 3_000_000);
  const add = () => images.add('a', new Uint8Array(64 * 64 * 3));
  for (let image = 0; image < 244; image++) add();
  expect(add).toThrow(
    'data set: there are more than 244 images of 64 × 64 pixels, which take 3 MB; leave some out or make them smaller',
  );
});

test('too many images are not said to be too large where smaller ones were as many', () => {
  const images = new ImageAccumulator(16);
  const image = new Uint8Array(16 * 16 * 3);
  for (let nth = 0; nth < MOST_IMAGES; nth++) images.add('a', image);
  expect(() => images.add('a', image)).toThrow(/which take 154 MB; at most 200000 can be used$/);
});

test('names of classes that could not be read again are refused before they are written', async () => {
  const set = await read(32);
  const named = (length: number) => packDataset({ ...set, classes: ['c'.repeat(length), 'dog'] });
  const whole = (pieces: readonly Uint8Array[]) => Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  expect(unpackDataset(whole(named(2 ** 20 - 100)), 'pets').classes[1]).toBe('dog');
  expect(() => named(2 ** 20)).toThrow(
    'data set: the names of its classes take more than 1 MB; give its classes shorter names',
  );
});
