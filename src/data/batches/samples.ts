import type { DataSummary, Picture } from '../../core/results/report.ts';
import type { PicturedDataset, Pictures } from '../dataset.ts';
import { classCounts } from './majority.ts';
import { permutation } from './permutation.ts';
import { Random } from './random.ts';
import { sampleOf } from './subset.ts';

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
export function shownImages({ test, pictures }: PicturedDataset, count: number, seed: number): DataSummary['shown'] {
  return Array.from(sampleOf(test, count, seed), (image) => ({
    picture: pictureOf(pictures.test, image),
    label: test.labels[image] ?? 0,
  }));
}

/** A copy, so that it can be handed to the page. */
function pictureOf({ size, images, names }: Pictures, image: number): Picture {
  const bytes = size * size * 3;
  return { name: names[image] ?? '', size, rgb: images.slice(image * bytes, (image + 1) * bytes) };
}
