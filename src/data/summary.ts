import type { Picture } from '../core/data/images.ts';
import type { DataSummary } from '../core/results/report.ts';
import { sampleOf } from './batches/race-data.ts';
import { permutation, Random } from './batches/random.ts';
import type { Dataset, PicturedDataset, Pictures, Split } from './dataset.ts';

/** How many images of each kind the page shows or the engine measures on, and the seed that chooses them. */
export interface SummaryCounts {
  readonly samplesPerClass: number;
  readonly shown: number;
  readonly testUsed: number;
  readonly seed: number;
}

/** Summarises a data set for the page. */
export function summarise(dataset: PicturedDataset, counts: SummaryCounts): DataSummary {
  const testCount = dataset.test.labels.length;
  return {
    trainCount: dataset.train.labels.length,
    testCount,
    testUsed: Math.min(counts.testUsed, testCount),
    classes: sampleImages(dataset, counts.samplesPerClass, counts.seed),
    majority: majorityError(dataset),
    shown: shownImages(dataset, counts.shown, counts.seed),
  };
}

/**
 * Error in percent of always predicting the largest class (the first of equals), on the training images. A net that is
 * no better has learnt nothing.
 */
export function majorityError({ classes, train }: Dataset): DataSummary['majority'] {
  const counts = classCounts(train, classes.length);
  const largest = Math.max(...counts);
  return { answer: classes[counts.indexOf(largest)] ?? '', error: 100 * (1 - largest / train.labels.length) };
}

/** Number of images of each class. */
export function classCounts({ labels }: Split, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/**
 * Each class with its number of training images and `perClass` random ones of them at full size, or all of a class
 * that has fewer. `seed` chooses them.
 */
export function sampleImages(dataset: PicturedDataset, perClass: number, seed: number): DataSummary['classes'] {
  const { classes, train, pictures } = dataset;
  const order = permutation(train.labels.length, new Random(`samples/${seed}`));
  const counts = classCounts(train, classes.length);
  return classes.map((name, label) => {
    const chosen = order.filter((image) => train.labels[image] === label).subarray(0, perClass);
    const samples = Array.from(chosen, (image) => pictureOf(pictures.train, image));
    return { name, count: counts[label] ?? 0, samples };
  });
}

/** Test images at full size with their labels: those of `fixedSubset(dataset.test, ...)`, count and seed alike. */
export function shownImages(dataset: PicturedDataset, count: number, seed: number): DataSummary['shown'] {
  return labelledPictures(dataset, 'test', sampleOf(dataset.test, count, seed));
}

/** Images of a split at full size with their labels, by their index. */
export function labelledPictures(
  dataset: PicturedDataset,
  split: 'train' | 'test',
  images: Uint32Array,
): DataSummary['shown'] {
  return Array.from(images, (image) => ({
    picture: pictureOf(dataset.pictures[split], image),
    label: dataset[split].labels[image] ?? 0,
  }));
}

/** A copy, so that it can be handed to the page. */
function pictureOf({ size, images, names }: Pictures, image: number): Picture {
  const bytes = size * size * 3;
  return { name: names[image] ?? '', size, rgb: images.slice(image * bytes, (image + 1) * bytes) };
}
