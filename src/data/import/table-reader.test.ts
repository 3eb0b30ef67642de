import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { imagesParquet } from '../checks/parquet-files.ts';
import { given, pngOf } from '../checks/true-formats.ts';
import { decodePngOnly } from './decode-image.ts';
import { evenly, spread } from './table-blocks.ts';
import { folderOf } from './table-folder.ts';
import { TableReader } from './table-reader.ts';

const never = new AbortController().signal;
const options = { split: { share: 0.25, seed: 1 }, signal: never, enough: never, onProgress: () => {} };

const readerOf = (files: Readonly<Record<string, Uint8Array>>) => {
  const all = Object.entries(files).map(([path, bytes]) => given(path, bytes));
  return new TableReader(folderOf(all, 'pets'), decodePngOnly);
};
const rows = (count: number, shade: number) =>
  Array.from({ length: count }, (_, nth) => ({ image: pngOf(shade, nth, 0), label: nth % 2 }));

/** The first two bytes of each image. */
const told = (parts: readonly { readonly images: Uint8Array; readonly labels: Uint8Array }[]) =>
  parts.flatMap(({ images, labels }) => Array.from(labels, (_, at) => [images[at * 3072], images[at * 3072 + 1]]));

describe('a person’s Parquet files', () => {
  test('tell their parts by their names, and are read in the order of their files', async () => {
    const reader = readerOf({
      'pets/train-00001-of-00002.parquet': imagesParquet(rows(3, 2)),
      'pets/train-00000-of-00002.parquet': imagesParquet(rows(3, 1)),
      'pets/validation-00000-of-00001.parquet': imagesParquet(rows(2, 3)),
    });
    const { choice, train, splits } = await reader.offer({}, never);
    expect([choice.train, choice.test, splits]).toEqual(['train', 'validation', ['train', 'validation']]);
    expect([train.rows, train.exact]).toEqual([6, false]);
    const set = await reader.read(choice, options);
    expect(told(set.train).map(([shade]) => shade)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(told(set.test).map(([shade]) => shade)).toEqual([3, 3]);
  });

  test('have columns to choose from: text for labels, bytes for images', async () => {
    const images = rows(6, 9).map(({ image }) => image);
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: [1, 2, 3, 4, 5, 6], type: 'INT32' },
        { name: 'thumb', data: images.map(() => new Uint8Array(3)), type: 'BYTE_ARRAY' },
        { name: 'photo', data: images, type: 'BYTE_ARRAY' },
        { name: 'class', data: ['owl', 'cat', 'owl', 'cat', 'owl', null], type: 'STRING' },
      ],
    });
    const reader = readerOf({ 'pets.parquet': new Uint8Array(bytes) });
    const { choice, images: columns, labels } = await reader.offer({ image: 'photo' }, never);
    expect(columns.map(({ name }) => name)).toEqual(['thumb', 'photo']);
    expect(labels.map(({ name }) => name)).toEqual(['class', 'id']);
    const set = await reader.read(choice, options);
    expect([set.classes, told(set.train).length + told(set.test).length]).toEqual([['cat', 'owl'], 5]);
    expect(set.odd.named).toEqual([{ path: 'row 5 of pets.parquet', reason: 'has no label' }]);
    const thumbs = await reader.read({ ...choice, image: 'thumb' }, options);
    expect([thumbs.odd.count, told(thumbs.train)]).toEqual([6, []]);
    expect(thumbs.odd.named[0]?.reason).toContain('row 0 of pets.parquet is no PNG');
    await expect(reader.read({ ...choice, label: 'size' }, options)).rejects.toThrow(
      'data set: pets has no column of labels named size; choose another data set',
    );
  });

  test('are refused where nothing in them is an image, a label, or there are too many classes', async () => {
    const numbers = parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2], type: 'INT32' }] });
    await expect(readerOf({ 'a.parquet': new Uint8Array(numbers) }).offer({}, never)).rejects.toThrow(
      'data set: pets has no column of images;',
    );
    const images = parquetWriteBuffer({ columnData: [{ name: 'i', data: [pngOf(1, 1, 1)], type: 'BYTE_ARRAY' }] });
    await expect(readerOf({ 'a.parquet': new Uint8Array(images) }).offer({}, never)).rejects.toThrow(
      'data set: pets has no column of labels;',
    );
    const image = pngOf(1, 2, 3, 8);
    const many = Array.from({ length: 300 }, (_, label) => ({ image, label }));
    const problem = 'data set: pets has 300 classes, of which 256 can be told apart at most;';
    const unnamed = readerOf({ 'a.parquet': imagesParquet(many) });
    await expect(unnamed.read((await unnamed.offer({}, never)).choice, options)).rejects.toThrow(problem);
    const named = readerOf({ 'a.parquet': imagesParquet(many, { classes: many.map(({ label }) => `c${label}`) }) });
    await expect(named.read((await named.offer({}, never)).choice, options)).rejects.toThrow(problem);
  });
});

test('any beginning of what is spread is from all over it', () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  expect(spread([0, 1, 2, 3, 4])).toEqual([0, 4, 2, 1, 3]);
  expect([spread([]), spread(['a'])]).toEqual([[], ['a']]);
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([0, 3, 6]);
  expect(evenly([0, 1], 8.5)).toEqual([0, 1]);
});
