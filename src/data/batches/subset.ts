import type { Split } from '../dataset.ts';
import type { Batch } from './batches.ts';
import { type Normalisation, normalise } from './normalise.ts';
import { permutation } from './permutation.ts';
import { Random } from './random.ts';

/**
 * Which `count` images of a split stand for it, whenever it is asked: a random sample in random order, without
 * repetition, or all images of a smaller split. A smaller sample of the same seed is the beginning of a larger one.
 */
export function sampleOf({ labels }: Split, count: number, seed: number): Uint32Array {
  return permutation(labels.length, new Random(`subset/${seed}`)).slice(0, count);
}

/** The images of `sampleOf`, in its order: normalised and otherwise as they are, to measure a net on. */
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
