import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../../scripts/data/files.ts';
import { MEASURED } from '../../core/data/measured.ts';
import { readTable } from '../../testing/data/synthetic.ts';
import { tinyByte, tinyFiles } from '../../testing/data/tiny-emoji.ts';
import { SAMPLES_PER_CLASS } from '../batches/race-data.ts';
import type { Pictures } from '../dataset.ts';
import { classCounts } from '../dataset.ts';
import { type DecodedImages, datasetFrom } from '../decoded-images.ts';
import { majorityError, summarise } from '../summary.ts';
import { loadEmoji } from './emoji.ts';

describe('decoded emoji', () => {
  it.each([8, 16, 32] as const)('has each image where the index says, from the sheet for size %i', async (size) => {
    const decoded = await loadEmoji(readTable(tinyFiles()), size);
    const side = Math.max(size, 16);
    expect([decoded.train.size, decoded.test.size]).toEqual([side, side]);
    expect(decoded.train.names).toEqual(['cat', 'flag', 'cat']);
    expect(decoded.test.names).toEqual(['dog', 'dog']);
    const bytes = (numbers: readonly number[]) =>
      Uint8Array.from(numbers.flatMap((number) => Array<number>(side * side * 3).fill(tinyByte(number))));
    expect(decoded.train.images).toEqual(bytes([0, 2, 3]));
    expect(decoded.test.images).toEqual(bytes([1, 4]));
  });

  it('has the images that are shown larger', async () => {
    const decoded = await loadEmoji(readTable(tinyFiles()), 16);
    expect([...(decoded.train.shown?.images ?? [])]).toEqual([]);
    expect([...(decoded.test.shown?.images.keys() ?? [])]).toEqual([0]);
    const dataset = datasetFrom(decoded, { source: 'emoji', task: 'designer', size: 8 });
    const { shown } = summarise(dataset, { samplesPerClass: 1, shown: 2, seed: 1 });
    expect(shown.map(({ picture }) => picture.size).sort()).toEqual([16, 64]);
  });

  it('sorts the same images by designer and by group', async () => {
    const decoded = await loadEmoji(readTable(tinyFiles()), 16);
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
    const decoded = await loadEmoji(readTable(tinyFiles()), 8);
    expect(() => datasetFrom(decoded, { source: 'cifar10', size: 8 })).toThrow(/cifar10 by class was asked of emoji/);
  });
});

describe('the emoji in public/data', () => {
  const folder = fileURLToPath(new URL('../../../public/data', import.meta.url));
  let decoded: DecodedImages;
  const heard: number[] = [];
  beforeAll(async () => {
    decoded = await loadEmoji(readFolder(folder), 16, (fraction) => heard.push(fraction));
  });

  const imagesOf = ({ size, images, names }: Pictures) =>
    names.map((_, image) => Buffer.from(images.subarray(image * size * size * 3, (image + 1) * size * size * 3)));

  it('never show an emoji in training and in testing', () => {
    const trained = new Set(decoded.train.names);
    expect(decoded.test.names.filter((name) => trained.has(name))).toEqual([]);
  });

  it('never hold the same image twice, at 16 nor at 32 pixels', async () => {
    for (const { train, test } of [decoded, await loadEmoji(readFolder(folder), 32)]) {
      const all = [...imagesOf(train), ...imagesOf(test)];
      expect(new Set(all.map((image) => image.toString('latin1'))).size).toBe(all.length);
    }
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

  it.each(['designer', 'group'] as const)('are shown at 64 pixels, all that the page has of them by %s', (task) => {
    const dataset = datasetFrom(decoded, { source: 'emoji', task, size: 16 });
    const { shown, seed } = MEASURED;
    const summary = summarise(dataset, { samplesPerClass: SAMPLES_PER_CLASS, shown, seed });
    const pictures = [
      ...summary.shown.map(({ picture }) => picture),
      ...summary.classes.flatMap((each) => each.samples),
    ];
    expect(pictures).toHaveLength(shown + SAMPLES_PER_CLASS * dataset.classes.length);
    expect(new Set(pictures.map(({ size }) => size))).toEqual(new Set([64]));
  });

  it.each(['train', 'test'] as const)('come from four designers in like numbers (%s)', (side) => {
    const dataset = datasetFrom(decoded, { source: 'emoji', task: 'designer', size: 8 });
    expect(dataset.classes).toEqual(['Noto', 'Twemoji', 'Fluent', 'OpenMoji']);
    const total = dataset[side].labels.length;
    for (const count of classCounts([dataset[side]], 4)) {
      expect(count / total).toBeGreaterThan(0.2);
      expect(count / total).toBeLessThan(0.3);
    }
  });

  it('can be guessed no better than the baselines that the science page gives', () => {
    const error = (task: 'designer' | 'group') =>
      majorityError(datasetFrom(decoded, { source: 'emoji', task, size: 8 })).error;
    expect(error('designer')).toBeCloseTo(73.1, 1);
    expect(error('group')).toBeCloseTo(79.6, 1);
  });

  it('have images of each of nine groups on both sides', () => {
    const dataset = datasetFrom(decoded, { source: 'emoji', task: 'group', size: 8 });
    expect(dataset.classes).toHaveLength(9);
    expect(Math.min(...classCounts([dataset.train], 9))).toBeGreaterThan(200);
    expect(Math.min(...classCounts([dataset.test], 9))).toBeGreaterThan(40);
  });

  it('tell how far loading is, up to 1', () => {
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });
});
