import type { Picture } from '../../core/data/images.ts';
import { MEASURED } from '../../core/data/measured.ts';
import type { Recipe } from '../../core/experiment/recipe.ts';
import type { Dataset, Split } from '../dataset.ts';
import { pictureAt } from '../import/resize.ts';
import { type Batch, Batches } from './batches.ts';
import { denormalise, type Normalisation, normalisationOf, normalise } from './normalise.ts';
import { permutation, Random } from './random.ts';

/** The batches and fixed images of a data set that a race uses. */
export interface RaceData {
  readonly size: number;
  readonly classes: number;
  readonly classNames: readonly string[];
  readonly normalisation: Normalisation;
  /** The training batch of step `step`, from 0: the same however often and in whatever order it is asked for. */
  batch(step: number): Batch;
  /** The first `count` images of that batch as bytes, [size, size, 3], with their labels. */
  batchPictures(step: number, count: number): readonly (Picture & { readonly label: number })[];
  /** The same images by their index in the training images. */
  batchImages(step: number, count: number): Uint32Array;
  /** Fixed images of the test set, on which the test error is measured. */
  readonly test: Batch;
  /** Fixed test images whose predictions are reported. */
  readonly shown: Batch;
  /** Any picture resized to `size`, and its normalised values, [size, size, 3] flat. */
  prepared(picture: Picture): { readonly seen: Picture; readonly values: Float32Array };
  /** Fixed training images, without augmentation. */
  readonly training: Batch;
}

/** Number of training images of each class that the page shows. */
export const SAMPLES_PER_CLASS = 5;

/** A data set under a recipe. Throws a `DataError` where it has fewer training images than a batch. */
export function raceData(dataset: Dataset, recipe: Recipe): RaceData {
  const normalisation = normalisationOf(dataset.train, recipe.mean);
  const batches = new Batches(dataset, recipe, normalisation);
  const subset = (split: 'train' | 'test', count: number) =>
    fixedSubset(dataset[split], normalisation, count, MEASURED.seed);
  return {
    size: dataset.size,
    classes: dataset.classes.length,
    classNames: dataset.classes,
    normalisation,
    batch: (step) => batches.at(step),
    batchPictures: (step, count) => {
      const { images, labels } = batches.at(step);
      const { size } = dataset;
      const length = size * size * 3;
      return Array.from(labels.subarray(0, count), (label, at) => {
        const rgb = denormalise(images.subarray(at * length, (at + 1) * length), normalisation);
        return { name: dataset.classes[label] ?? '', size, rgb, label };
      });
    },
    batchImages: (step, count) => batches.imagesOf(step).subarray(0, count),
    test: subset('test', MEASURED.test),
    shown: subset('test', MEASURED.shown),
    prepared: (picture) => {
      const seen = { name: picture.name, size: dataset.size, rgb: pictureAt(picture, dataset.size) };
      return { seen, values: normalise(seen.rgb, normalisation) };
    },
    training: subset('train', MEASURED.training),
  };
}

/**
 * A fixed random sample of `count` images of a split, in random order, without repetition; all images of a smaller
 * split. A smaller sample of the same seed is a prefix of a larger one.
 */
export function sampleOf({ labels }: Pick<Split, 'labels'>, count: number, seed: number): Uint32Array {
  return permutation(labels.length, new Random(`subset/${seed}`)).slice(0, count);
}

/** The images of `sampleOf`, in its order, normalised but not augmented, for measuring a net. */
export function fixedSubset(split: Split, normalisation: Normalisation, count: number, seed: number): Batch {
  const sample = sampleOf(split, count, seed);
  const length = normalisation.mean.length;
  const images = new Uint8Array(sample.length * length);
  for (const [at, image] of sample.entries()) {
    images.set(split.images.subarray(image * length, (image + 1) * length), at * length);
  }
  return {
    images: normalise(images, normalisation),
    labels: Int32Array.from(sample, (image) => split.labels[image] ?? 0),
  };
}
