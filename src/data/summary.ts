import type { Picture } from '../core/data/images.ts';
import type { DataSummary } from '../core/results/report.ts';
import { sampleOf } from './batches/race-data.ts';
import { permutation, Random } from './batches/random.ts';
import { classCounts, type Dataset, type PicturedDataset, type Pictures, type Split } from './dataset.ts';

/** How many images of each kind the page shows, and the seed that chooses them. */
export interface SummaryCounts {
  readonly samplesPerClass: number;
  readonly shown: number;
  readonly seed: number;
}

/** Summarises a data set for the page. */
export function summarise(dataset: PicturedDataset, counts: SummaryCounts): DataSummary {
  return {
    trainCount: dataset.train.labels.length,
    testCount: dataset.test.labels.length,
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
  const counts = classCounts([train], classes.length);
  const largest = Math.max(...counts);
  return { answer: classes[counts.indexOf(largest)] ?? '', error: 100 * (1 - largest / train.labels.length) };
}

/**
 * Each class with its number of training images and `perClass` random ones of them to look at, or all of a class that
 * has fewer. `seed` chooses them.
 */
export function sampleImages(dataset: PicturedDataset, perClass: number, seed: number): DataSummary['classes'] {
  const { classes, train, pictures } = dataset;
  const counts = classCounts([train], classes.length);
  const chosen = samplesOf(train, classes.length, perClass, seed);
  return classes.map((name, label) => {
    const samples = (chosen[label] ?? []).map((image) => pictureOf(pictures.train, image));
    return { name, count: counts[label] ?? 0, samples };
  });
}

/** The numbers of the images that `sampleImages` chooses, by class. */
export function samplesOf(
  { labels }: Pick<Split, 'labels'>,
  classes: number,
  perClass: number,
  seed: number,
): readonly (readonly number[])[] {
  const order = permutation(labels.length, new Random(`samples/${seed}`));
  return Array.from({ length: classes }, (_, label) =>
    [...order.filter((image) => labels[image] === label)].slice(0, perClass),
  );
}

/** Test images to look at, with their labels: those of `fixedSubset(dataset.test, ...)`, count and seed alike. */
function shownImages(dataset: PicturedDataset, count: number, seed: number): DataSummary['shown'] {
  return labelledPictures(dataset, 'test', sampleOf(dataset.test, count, seed));
}

/** Images of a split to look at, with their labels, by their index. */
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

/** A copy, so that it can be handed to the page; larger than the images are stored where there is such a one. */
function pictureOf({ size, images, names, shown }: Pictures, image: number): Picture {
  const name = names[image] ?? '';
  const large = shown?.images.get(image);
  if (shown !== undefined && large !== undefined) return { name, size: shown.size, rgb: large.slice() };
  const bytes = size * size * 3;
  return { name, size, rgb: images.slice(image * bytes, (image + 1) * bytes) };
}
