import { describe, expect, it } from 'vitest';
import { syntheticDataset } from '../testing/data/synthetic.ts';
import { normalisationOf, normalise } from './batches/normalise.ts';
import { fixedSubset } from './batches/race-data.ts';
import { PICTURE_BYTES } from './decoded-images.ts';
import { majorityError, sampleImages, summarise } from './summary.ts';

const labels = [0, 1, 1, 2, 1, 0, 1, 1];
const dataset = syntheticDataset(labels);
const normalisation = normalisationOf(dataset.train);
const LENGTH = 8 * 8 * 3;

describe('the majority', () => {
  it('is the largest class of the training images', () => {
    expect(majorityError(dataset)).toEqual({ answer: 'green', error: 37.5 });
  });
});

describe('a fixed subset', () => {
  it('is the same each time, a part of the split without repetition', () => {
    const subset = fixedSubset(dataset.train, normalisation, 5, 3);
    expect(subset).toEqual(fixedSubset(dataset.train, normalisation, 5, 3));
    const all = normalise(dataset.train.images, normalisation);
    const keys = labels.map((_, i) => all.subarray(i * LENGTH, (i + 1) * LENGTH).join());
    const found = [0, 1, 2, 3, 4].map((i) => keys.indexOf(subset.images.subarray(i * LENGTH, (i + 1) * LENGTH).join()));
    expect(new Set(found).size).toBe(5);
    expect([...subset.labels]).toEqual(found.map((image) => labels[image]));
  });

  it('begins with every smaller one, and is never larger than the split', () => {
    const all = fixedSubset(dataset.train, normalisation, 1000, 3);
    expect(all.labels).toHaveLength(8);
    const few = fixedSubset(dataset.train, normalisation, 2, 3);
    expect(all.images.subarray(0, 2 * LENGTH)).toEqual(few.images);
  });
});

describe('sample images', () => {
  it('are training images of their class at full size, with their names', () => {
    const classes = sampleImages(dataset, 2, 1);
    expect(classes.map(({ name, count, samples }) => [name, count, samples.length])).toEqual([
      ['red', 2, 2],
      ['green', 5, 2],
      ['blue', 1, 1],
    ]);
    for (const [label, { samples }] of classes.entries()) {
      for (const { name, size, rgb } of samples) {
        const image = dataset.pictures.train.names.indexOf(name);
        expect(labels[image]).toBe(label);
        expect(size).toBe(32);
        const original = dataset.pictures.train.images.subarray(image * PICTURE_BYTES, (image + 1) * PICTURE_BYTES);
        expect(rgb).toEqual(Uint8Array.from(original));
      }
    }
  });

  it('are chosen by the seed', () => {
    const names = (seed: number) => sampleImages(dataset, 3, seed)[1]?.samples.map(({ name }) => name);
    expect(names(1)).toEqual(names(1));
    expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => names(seed)?.join())).size).toBeGreaterThan(1);
  });
});

describe('what the page is told', () => {
  const summary = summarise(dataset, { samplesPerClass: 1, shown: 3, seed: 7 });

  it('counts the images', () => {
    expect([summary.trainCount, summary.testCount]).toEqual([8, 5]);
  });

  it('shows the very test images that are measured, in the same order', () => {
    const measured = fixedSubset(dataset.test, normalisation, 3, 7);
    expect(summary.shown.map(({ label }) => label)).toEqual([...measured.labels]);
    const values = normalise(dataset.test.images, normalisation);
    for (const [at, { picture }] of summary.shown.entries()) {
      const image = dataset.pictures.test.names.indexOf(picture.name);
      const expected = values.subarray(image * LENGTH, (image + 1) * LENGTH);
      expect(measured.images.subarray(at * LENGTH, (at + 1) * LENGTH)).toEqual(expected);
    }
  });
});
