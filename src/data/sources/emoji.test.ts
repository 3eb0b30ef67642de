import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../../scripts/data/files.ts';
import { readTable } from '../../testing/data/synthetic.ts';
import { tinyIndex, tinySheet, toBytes } from '../../testing/data/tiny-emoji.ts';
import type { Pictures } from '../dataset.ts';
import { type DecodedImages, datasetFrom, PICTURE_BYTES } from '../decoded-images.ts';
import { classCounts, majorityError } from '../summary.ts';
import { loadEmoji } from './emoji.ts';

const tinyFiles = () => {
  const sheet = tinySheet();
  return { 'emoji.png': sheet, 'emoji.json': toBytes(tinyIndex(sheet.length)) };
};

describe('decoded emoji', () => {
  it('has each image where the index says, for training or for testing', async () => {
    const decoded = await loadEmoji(readTable(tinyFiles()));
    expect(decoded.train.names).toEqual(['cat', 'flag', 'cat']);
    expect(decoded.test.names).toEqual(['dog', 'dog']);
    const bytes = (values: readonly number[]) =>
      Uint8Array.from(values.flatMap((value) => Array<number>(PICTURE_BYTES).fill(value)));
    expect(decoded.train.images).toEqual(bytes([10, 30, 40]));
    expect(decoded.test.images).toEqual(bytes([20, 50]));
  });

  it('sorts the same images by designer and by group', async () => {
    const decoded = await loadEmoji(readTable(tinyFiles()));
    const byDesigner = datasetFrom(decoded, { source: 'emoji', task: 'designer', size: 16 });
    const byGroup = datasetFrom(decoded, { source: 'emoji', task: 'group', size: 16 });
    expect([byDesigner.classes, [...byDesigner.train.labels]]).toEqual([
      ['Ann', 'Bob'],
      [0, 0, 1],
    ]);
    expect([byGroup.classes, [...byGroup.train.labels]]).toEqual([
      ['Animals', 'Flags'],
      [0, 1, 0],
    ]);
    expect(byDesigner.train.images).toEqual(byGroup.train.images);
    expect(byDesigner.train.images).toHaveLength(3 * 16 * 16 * 3);
  });

  it('is not cut as another source', async () => {
    const decoded = await loadEmoji(readTable(tinyFiles()));
    expect(() => datasetFrom(decoded, { source: 'cifar10', size: 8 })).toThrow(/cifar10 by class was asked of emoji/);
  });
});

describe('the emoji in public/data', () => {
  let decoded: DecodedImages;
  const heard: number[] = [];
  beforeAll(async () => {
    const folder = fileURLToPath(new URL('../../../public/data', import.meta.url));
    decoded = await loadEmoji(readFolder(folder), (fraction) => heard.push(fraction));
  });

  const imagesOf = ({ images, names }: Pictures) =>
    names.map((_, image) => Buffer.from(images.subarray(image * PICTURE_BYTES, (image + 1) * PICTURE_BYTES)));

  it('never show an emoji in training and in testing', () => {
    const trained = new Set(decoded.train.names);
    expect(decoded.test.names.filter((name) => trained.has(name))).toEqual([]);
  });

  it('never hold the same image twice, so none is in training and in testing either', () => {
    const all = [...imagesOf(decoded.train), ...imagesOf(decoded.test)];
    expect(new Set(all.map((image) => image.toString('latin1'))).size).toBe(all.length);
  });

  it('are about 6,900, a fifth of them for testing', () => {
    const [train, test] = [decoded.train.names.length, decoded.test.names.length];
    expect(train + test).toBeGreaterThan(6700);
    expect(train + test).toBeLessThan(7200);
    expect(test / (train + test)).toBeCloseTo(0.2, 1);
  });

  it('are drawn: none is blank', () => {
    const blank = [...imagesOf(decoded.train), ...imagesOf(decoded.test)].filter((image) => new Set(image).size === 1);
    expect(blank).toEqual([]);
  });

  it.each(['train', 'test'] as const)('come from four designers in like numbers (%s)', (side) => {
    const dataset = datasetFrom(decoded, { source: 'emoji', task: 'designer', size: 8 });
    expect(dataset.classes).toEqual(['Noto', 'Twemoji', 'Fluent', 'OpenMoji']);
    const total = dataset[side].labels.length;
    for (const count of classCounts(dataset[side], 4)) {
      expect(count / total).toBeGreaterThan(0.2);
      expect(count / total).toBeLessThan(0.3);
    }
  });

  it('can be guessed no better than the baselines that the science page gives', () => {
    const error = (task: 'designer' | 'group') =>
      majorityError(datasetFrom(decoded, { source: 'emoji', task, size: 8 })).error;
    expect(Math.abs(error('designer') - 73)).toBeLessThan(1);
    expect(Math.abs(error('group') - 78.6)).toBeLessThan(1);
  });

  it('have images of each of nine groups on both sides', () => {
    const dataset = datasetFrom(decoded, { source: 'emoji', task: 'group', size: 8 });
    expect(dataset.classes).toHaveLength(9);
    expect(Math.min(...classCounts(dataset.train, 9))).toBeGreaterThan(200);
    expect(Math.min(...classCounts(dataset.test, 9))).toBeGreaterThan(40);
  });

  it('tell how far loading is, up to 1', () => {
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });
});
