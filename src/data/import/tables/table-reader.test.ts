import { type BasicType, type ColumnSource, type ParquetWriteOptions, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { decodePngOnly } from '../../../testing/data/import-files.ts';
import { imagesParquet } from '../../../testing/data/parquet-files.ts';
import { saidSkipped } from '../../../testing/data/skipped.ts';
import { given, pngOf } from '../../../testing/data/true-formats.ts';
import { imageColumns, labelColumns } from '../../parquet/image-columns.ts';
import { blobSource, openTable, type RowGroup } from '../../parquet/table.ts';
import type { ImportedDataset } from '../sets/imported-dataset.ts';
import { evenly, spread } from './table-blocks.ts';
import { folderOf } from './table-files.ts';
import { TableReader } from './table-reader.ts';
import { fetchBlock, rowsOf } from './table-rows.ts';

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

type SchemaElement = NonNullable<ParquetWriteOptions['schema']>[number];

describe('a person’s Parquet files', () => {
  test('tell their parts by their names, and are read in the order of their files', async () => {
    const reader = readerOf({
      'pets/train-00001-of-00002.parquet': imagesParquet(rows(3, 2)),
      'pets/train-00000-of-00002.parquet': imagesParquet(rows(3, 1)),
      'pets/validation-00000-of-00001.parquet': imagesParquet(rows(2, 3)),
    });
    const { choice, train, splits } = await reader.offer({}, never);
    expect([choice.train, choice.test, splits]).toEqual(['train', 'validation', ['train', 'validation']]);
    expect([train.rows, train.exact]).toEqual([6, true]);
    const set = await reader.read(choice, options);
    expect(told(set.train).map(([shade]) => shade)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(told(set.test).map(([shade]) => shade)).toEqual([3, 3]);
  });

  test('are one set where each part is a folder that Spark wrote', async () => {
    const file = (part: string, id: string) => `pets/${part}/part-00000-${id}-c000.snappy.parquet`;
    const reader = readerOf({
      [file('train', '3f2b1c9e-8d3a-4c2b-9f1e-0123456789ab')]: imagesParquet(rows(4, 1)),
      [file('test', 'a7c41d02-5b6e-4f80-8a11-fedcba987654')]: imagesParquet(rows(2, 2)),
    });
    const { choice, configs } = await reader.offer({}, never);
    expect([configs, choice.train, choice.test]).toEqual([['default'], 'train', 'test']);
  });

  test('are one set where a browser has marked one as a copy, and versions where there are both', async () => {
    const marked = readerOf({
      'train-00000-of-00001 (1).parquet': imagesParquet(rows(4, 1)),
      'test-00000-of-00001.parquet': imagesParquet(rows(2, 2)),
    });
    const { choice, configs } = await marked.offer({}, never);
    expect([configs, choice.train, choice.test]).toEqual([['default'], 'train', 'test']);
    const both = readerOf({
      'train.parquet': imagesParquet(rows(4, 1)),
      'train (1).parquet': imagesParquet(rows(4, 1)),
    });
    expect((await both.offer({}, never)).configs).toEqual(['default', '(1)']);
  });

  test('are read where the first of them has no rows', async () => {
    const reader = readerOf({
      'pets/part-00000.parquet': imagesParquet([]),
      'pets/part-00001.parquet': imagesParquet(rows(6, 1)),
      'pets/part-00002.parquet': imagesParquet(rows(2, 1)),
    });
    const { choice, train } = await reader.offer({}, never);
    expect([choice.count, train.rows]).toEqual([8, 8]);
    const set = await reader.read(choice, options);
    expect(told(set.train).length + told(set.test).length).toBe(8);
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
    expect(saidSkipped(set.skipped)).toEqual([{ path: 'row 5 of pets.parquet', reason: 'has no label' }]);
    expect(set.skipped.named[0]?.path).toEqual({ key: 'data.row.of', values: { row: 5, file: 'pets.parquet' } });
    const thumbs = await reader.read({ ...choice, image: 'thumb' }, options);
    expect([thumbs.skipped.count, told(thumbs.train)]).toEqual([6, []]);
    expect(saidSkipped(thumbs.skipped)[0]).toEqual({
      path: 'row 0 of pets.parquet',
      reason: 'is not a PNG; leave it out or save it again',
    });
    await expect(reader.read({ ...choice, label: 'size' }, options)).rejects.toThrow(
      'data set: pets has no column of labels named size; choose another data set',
    );
  });

  test('may have labels that are whole sentences: as many classes as differ, however late', async () => {
    const long = `${'x'.repeat(99)}😀`;
    const [cut, short] = ['x'.repeat(99), 'y'.repeat(100)];
    const labels = [`${long}a`, `${long}b`, 'owl', short, `${short}a`, `${'z'.repeat(100)}a`];
    const images = rows(12, 9).map(({ image }) => image);
    const columnData: ColumnSource[] = [
      { name: 'image', data: images, type: 'BYTE_ARRAY' },
      { name: 'label', data: [...labels, ...labels], type: 'STRING' },
    ];
    const reader = readerOf({ 'pets.parquet': new Uint8Array(parquetWriteBuffer({ columnData })) });
    const { classes, train, test: tested } = await reader.read((await reader.offer({}, never)).choice, options);
    expect(classes).toEqual(['owl', cut, `${cut} (2)`, short, `${short} (2)`, 'z'.repeat(100)]);
    expect(new Set([...train, ...tested].flatMap(({ labels }) => [...labels])).size).toBe(6);
  });

  test('have the names of classes that they declare, however long: sets with them are stored by their hash', async () => {
    const declared = ['no', `${'y'.repeat(120)}es`];
    const reader = readerOf({ 'pets.parquet': imagesParquet(rows(6, 1), { classes: declared }) });
    const { classes } = await reader.read((await reader.offer({}, never)).choice, options);
    expect(classes).toEqual(declared);
  });

  test('are offered by a label with too many classes, of which nothing is here, also once they were read by another', async () => {
    const names = Array.from({ length: 300 }, (_, nth) => `c${nth}`);
    const features = { fine: { names, _type: 'ClassLabel' } };
    const columnData: ColumnSource[] = [
      { name: 'image', data: rows(6, 1).map(({ image }) => image), type: 'BYTE_ARRAY' },
      { name: 'fine', data: [0, 1, 2, 3, 4, 5], type: 'INT32' },
      { name: 'coarse', data: [0, 1, 0, 1, 0, 1], type: 'INT32' },
    ];
    const kvMetadata = [{ key: 'huggingface', value: JSON.stringify({ info: { features } }) }];
    const reader = readerOf({ 'pets.parquet': new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata })) });
    const { choice, here } = await reader.offer({ label: 'coarse' }, never);
    expect(here).toBe(0);
    await reader.read(choice, options);
    expect((await reader.offer(choice, never)).here).toBe(6);
    expect(await reader.offer({ label: 'fine' }, never)).toMatchObject({ here: 0, choice: { label: 'fine' } });
  });

  test('are never tested on images of another part than the chosen one', async () => {
    const unlabelled = rows(2, 3).map(({ image }) => ({ image, label: null }));
    const reader = readerOf({
      'pets/train.parquet': imagesParquet(rows(6, 1)),
      'pets/test.parquet': imagesParquet(unlabelled),
    });
    const { choice } = await reader.offer({}, never);
    await expect(reader.read(choice, options)).rejects.toThrow(
      'data set: pets has no image in test, as far as that was read, that can be tested on; read more of it, or test on',
    );
    const shared = await reader.read({ ...choice, test: null }, options);
    expect([told(shared.train).length, told(shared.test).length]).toEqual([4, 2]);
  });

  /** Rows of which each has its number in its colours. */
  const numbered = (count: number, labelOf: (row: number) => number) =>
    Array.from({ length: count }, (_, row) => ({ image: pngOf(row & 255, row >> 8, 0), label: labelOf(row) }));
  const classesIn = (parts: ImportedDataset['train']) => new Set(parts.flatMap(({ labels }) => [...labels])).size;

  test.each([
    ['sorted by class, in one row group', (row: number) => Math.floor(row / 60), 600],
    ['sorted by class, in small row groups', (row: number) => Math.floor(row / 60), 20],
    ['of classes in turns', (row: number) => row % 10, 600],
    ['of classes in turns, in small row groups', (row: number) => row % 10, 20],
  ])('are read from all over them, where only a part is wanted: %s', async (_, labelOf, rowsInGroup) => {
    const reader = readerOf({ 'pets.parquet': imagesParquet(numbered(600, labelOf), { rowsInGroup }) });
    const { choice } = await reader.offer({ count: 100 }, never);
    const { train, test: tested } = await reader.read(choice, options);
    expect([classesIn(train), classesIn(tested), told([...train, ...tested]).length]).toEqual([10, 10, 100]);
  });

  test('are not tested on classes that nothing is learnt of, as far as they are read', async () => {
    const reader = readerOf({
      'train.parquet': imagesParquet(numbered(40, (row) => row % 2)),
      'test.parquet': imagesParquet(numbered(9, (row) => row % 3)),
    });
    const { choice } = await reader.offer({}, never);
    const set = await reader.read(choice, options);
    expect([set.classes, classesIn(set.test), told(set.test).length]).toEqual([['0', '1'], 2, 6]);
    expect(saidSkipped(set.skipped)).toEqual([{ path: 'test/2', reason: '3 images of a class that is not in train' }]);
    const other = readerOf({
      'train.parquet': imagesParquet(numbered(40, (row) => row % 2)),
      'test.parquet': imagesParquet(numbered(9, () => 2)),
    });
    await expect(other.read(choice, options)).rejects.toThrow('has no image in test, as far as that was read');
  });

  test('give the same images for a choice, whatever was read before', async () => {
    const files = {
      'train.parquet': imagesParquet([{ image: null, label: 0 }, ...numbered(299, (row) => row % 2)]),
      'test.parquet': imagesParquet(numbered(60, (row) => row % 2)),
    };
    const reader = readerOf(files);
    const { choice } = await reader.offer({ count: 300 }, never);
    await reader.read(choice, options);
    for (const count of [50, 120, 7]) {
      const fresh = await readerOf(files).read({ ...choice, count }, options);
      expect(await reader.read({ ...choice, count }, options)).toEqual(fresh);
    }
    expect(told((await reader.read(choice, options)).train).length).toBe(299);
  });

  test('offer a smaller part with what is here of that part, and another column with nothing', async () => {
    const reader = readerOf({
      'train.parquet': imagesParquet(
        numbered(600, (row) => row % 2),
        { rowsInGroup: 50 },
      ),
      'test.parquet': imagesParquet(
        numbered(60, (row) => row % 2),
        { rowsInGroup: 20 },
      ),
    });
    const { choice } = await reader.offer({ count: 300 }, never);
    await reader.read(choice, options);
    const here = async (count: number) => (await reader.offer({ ...choice, count }, never)).here;
    expect([await here(300), await here(100)]).toEqual([330, 110]);
    expect(await here(600)).toBeLessThan(660);
  });

  test('tell how much of them is read, also where there is nothing', async () => {
    const reader = readerOf({ 'pets.parquet': imagesParquet([]) });
    const told: number[] = [];
    const { choice } = await reader.offer({}, never);
    await reader.read(choice, { ...options, onProgress: (fraction) => told.push(fraction) });
    expect(told).toEqual([1]);
  });

  test.each<[string, BasicType, readonly unknown[], readonly string[]]>([
    ['true and false', 'BOOLEAN', [true, false, true, false], ['false', 'true']],
    ['numbers with a point that are whole', 'DOUBLE', [3, 10, 3, 10], ['3', '10']],
    ['the same in 32 bits', 'FLOAT', [0, 1, 0, 1], ['0', '1']],
    [
      'bytes that are not declared as text',
      'BYTE_ARRAY',
      ['owl', 'cat', 'owl', 'cat'].map((name) => new TextEncoder().encode(name)),
      ['cat', 'owl'],
    ],
    [
      'large numbers',
      'INT64',
      [2n ** 62n, 2n ** 62n + 1n, 2n ** 62n, 2n ** 62n + 1n],
      ['4611686018427387904', '4611686018427387905'],
    ],
  ])('may have labels that are %s', async (_, type, data, classes) => {
    const images = rows(4, 5).map(({ image }) => image);
    for (const label of ['label', 'x']) {
      const columnData: ColumnSource[] = [
        { name: label, data: [...data], type },
        { name: 'image', data: images, type: 'BYTE_ARRAY' },
      ];
      const reader = readerOf({ 'pets.parquet': new Uint8Array(parquetWriteBuffer({ columnData })) });
      const { choice } = await reader.offer(label === 'x' ? { image: 'image' } : {}, never);
      expect([choice.image, choice.label]).toEqual(['image', label]);
      const set = await reader.read(choice, options);
      expect([set.classes, set.skipped.count]).toEqual([classes, 0]);
    }
  });

  test('leave out rows whose label is no class, and say why', async () => {
    const images = rows(6, 5).map(({ image }) => image);
    const columnData: ColumnSource[] = [
      { name: 'image', data: images, type: 'BYTE_ARRAY' },
      { name: 'label', data: [1, 0.5, Number.NaN, 2, 1, 2], type: 'DOUBLE' },
      { name: 'class_raw', data: images.map((_, nth) => Uint8Array.of(nth === 0 ? 0xff : 97)), type: 'BYTE_ARRAY' },
    ];
    const reader = readerOf({ 'pets.parquet': new Uint8Array(parquetWriteBuffer({ columnData })) });
    const { choice } = await reader.offer({ label: 'label' }, never);
    expect(saidSkipped((await reader.read(choice, options)).skipped).map(({ reason }) => reason)).toEqual([
      'has the label 0.5, which is not a whole number',
      'has no label',
    ]);
    const raw = await reader.read({ ...choice, label: 'class_raw' }, options);
    expect(saidSkipped(raw.skipped).map(({ reason }) => reason)).toEqual(['has a label that is not text']);
  });

  test('may have images and labels in lists of one', async () => {
    const list = (name: string, element: readonly SchemaElement[]): readonly SchemaElement[] => [
      { name, num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
      { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
      ...element,
    ];
    const schema: SchemaElement[] = [
      { name: 'schema', num_children: 2 },
      ...list('images', [
        { name: 'element', num_children: 2, repetition_type: 'OPTIONAL' },
        { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ]),
      ...list('labels', [{ name: 'element', type: 'INT64', repetition_type: 'OPTIONAL' }]),
    ];
    const columnData = [
      { name: 'images', data: rows(4, 3).map(({ image }) => [{ bytes: image, path: 'a.png' }]) },
      { name: 'labels', data: [[0n], [1n], [0n, 1n], [1n]] },
    ];
    const reader = readerOf({ 'pets.parquet': new Uint8Array(parquetWriteBuffer({ columnData, schema })) });
    const { choice } = await reader.offer({}, never);
    expect([choice.image, choice.label]).toEqual(['images', 'labels']);
    const set = await reader.read(choice, options);
    expect([set.classes, saidSkipped(set.skipped)]).toEqual([
      ['0', '1'],
      [{ path: 'row 2 of pets.parquet', reason: 'has 2 labels, and an image is of one class' }],
    ]);
  });

  test('are refused where nothing in them is an image, a label, or there are too many classes', async () => {
    const numbers = parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2], type: 'INT32' }] });
    await expect(readerOf({ 'a.parquet': new Uint8Array(numbers) }).offer({}, never)).rejects.toThrow(
      'data set: pets has no column of images, which would be image files as bytes: it has n (whole numbers); choose',
    );
    const images = parquetWriteBuffer({
      columnData: [
        { name: 'i', data: [pngOf(1, 1, 1)], type: 'BYTE_ARRAY' },
        { name: 'taken', data: [new Date(0)], type: 'TIMESTAMP' },
      ],
    });
    await expect(readerOf({ 'a.parquet': new Uint8Array(images) }).offer({}, never)).rejects.toThrow(
      'pets has no column of labels, which would be text, whole numbers, or true and false: it has i (bytes), taken (times); choose',
    );
    const image = pngOf(1, 2, 3, 8);
    const many = Array.from({ length: 300 }, (_, label) => ({ image, label }));
    const problem = 'data set: pets has 300 classes, more than the 256 that can be told apart;';
    const unnamed = readerOf({ 'a.parquet': imagesParquet(many) });
    await expect(unnamed.read((await unnamed.offer({}, never)).choice, options)).rejects.toThrow(problem);
    const named = readerOf({ 'a.parquet': imagesParquet(many, { classes: many.map(({ label }) => `c${label}`) }) });
    await expect(named.read((await named.offer({}, never)).choice, options)).rejects.toThrow(problem);
  });
});

test('rows that come by too many bytes are refused by the size of the largest group', async () => {
  const table = await openTable(blobSource(given('a', imagesParquet(rows(2, 1))).blob, 'a.parquet'));
  const [image, label] = [imageColumns(table)[0], labelColumns(table)[0]];
  if (image === undefined || label === undefined) throw new Error('no columns');
  const groupOf = (from: number, bytes: number): RowGroup => ({
    rows: 1,
    chunks: new Map([[image.column.path, { from, to: from + bytes, codec: 'SNAPPY' }]]),
  });
  const block = { table, groups: [groupOf(4, 1e6), groupOf(1e6 + 4, 3e8)] };
  await expect(fetchBlock(block, { image, label }, never)).rejects.toThrow(
    'the rows of a.parquet can only be read 300 MB at a time',
  );
});

test('any beginning of what is spread is from all over it', () => {
  expect(spread([0, 1, 2, 3, 4, 5, 6, 7])).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  expect(spread([0, 1, 2, 3, 4])).toEqual([0, 4, 2, 1, 3]);
  expect([spread([]), spread(['a'])]).toEqual([[], ['a']]);
  expect(evenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3)).toEqual([0, 3, 6]);
  expect(evenly([0, 1], 8.5)).toEqual([0, 1]);
});

test('any beginning of the rows of a group is from all over it, among more, and from every second or third row, too', () => {
  const first = (rows: number, most: number) => rowsOf({ group: { rows, chunks: new Map() }, row: 0 }, most);
  expect([first(5, 5), first(5, 2), first(5, 3), first(0, 3)]).toEqual([[0, 1, 2, 3, 4], [0, 2], [0, 2, 4], []]);
  const [few, more] = [first(1000, 60), first(1000, 250)];
  expect([few.length, few.every((row) => more.includes(row))]).toEqual([60, true]);
  for (const part of [0, 1, 2]) {
    const third = few.filter((row) => row % 3 === part).length;
    const place = few.filter((row) => Math.floor(row / 334) === part).length;
    expect([third, place].every((rows) => rows > 15 && rows < 25)).toBe(true);
  }
});
