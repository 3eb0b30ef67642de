import type { PictureSize } from '../../../core/data/images.ts';
import { type Arrangement, MOST_IMAGES } from '../../../core/data/library.ts';
import { printable } from '../../../core/quote.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { permutation, Random } from '../../batches/random.ts';
import { DataError, named } from '../../dataset.ts';
import type { SkippedFiles } from '../entry.ts';

/** Images with their labels. */
export interface Labelled {
  /** RGB bytes, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** One class index an image. */
  readonly labels: Uint8Array;
}

/** An imported data set, before it is packed. */
export interface ImportedDataset {
  /** The format of its files: "CIFAR-10", "CIFAR-100", "IDX", "Parquet", "images". */
  readonly kind: string;
  /** Pixels a side of its images. */
  readonly size: PictureSize;
  readonly classes: readonly string[];
  readonly train: readonly Labelled[];
  readonly test: readonly Labelled[];
  readonly skipped: Pick<SkippedFiles, 'named' | 'count' | 'more'>;
  readonly arrangement?: Arrangement;
}

/** Maximum number of classes; labels are bytes. */
export const MOST_CLASSES = 256;

/** How a set without a test split is divided. */
export interface TestSplit {
  /** Share of each class that becomes test images, 0 to 1. */
  readonly share: number;
  readonly seed: number;
}

/** The number of images in all parts. */
export function countOf(parts: readonly Labelled[]): number {
  return parts.reduce((sum, { labels }) => sum + labels.length, 0);
}

/**
 * Chooses test images for a set without a test split: a random share of each class, fixed by the seed. A class of two
 * or more images has at least one in each split; a single image is trained on.
 */
export function testedBySeed(labels: Uint8Array, { share, seed }: TestSplit): ReadonlySet<number> {
  const byClass = new Map<number, number[]>();
  for (const image of permutation(labels.length, new Random(`split/${seed}`))) {
    const label = labels[image] ?? 0;
    const members = byClass.get(label);
    if (members === undefined) byClass.set(label, [image]);
    else members.push(image);
  }
  const test = new Set<number>();
  for (const members of byClass.values()) {
    const wanted = Math.round(members.length * share);
    const taken = members.length < 2 ? 0 : Math.min(members.length - 1, Math.max(1, wanted));
    for (const image of members.slice(0, taken)) test.add(image);
  }
  return test;
}

/** Splits images into train and test by `testedBySeed`. */
export function splitBySeed(parts: readonly Labelled[], split: TestSplit): Pick<ImportedDataset, 'train' | 'test'> {
  const all = joined(parts);
  const test = testedBySeed(all.labels, split);
  const indices = Array.from(all.labels.keys());
  const side = (tested: boolean) => [
    chosen(
      all,
      indices.filter((image) => test.has(image) === tested),
    ),
  ];
  return { train: side(false), test: side(true) };
}

/** Throws a `DataError` if a set cannot be trained on, and says what is missing. */
export function checkUsable({ classes, train, test }: ImportedDataset, name: string): void {
  const fail = (problem: Sentence, remedy: Sentence) =>
    new DataError(sentence('data.what.dataset'), named(printable(name), problem), remedy);
  const used = new Set(train.flatMap(({ labels }) => [...new Set(labels)]));
  if (countOf(train) === 0) throw fail(sentence('data.set.noTraining'), sentence('data.set.giveFolders'));
  if (used.size < 2) throw fail(sentence('data.set.oneClass'), sentence('data.set.giveClasses'));
  if (classes.length > MOST_CLASSES)
    throw fail(
      sentence('data.set.classes', { count: classes.length }),
      sentence('data.set.most', { most: MOST_CLASSES }),
    );
  if (countOf(test) === 0) throw fail(sentence('data.set.noTest'), sentence('data.set.giveTwo'));
  const count = countOf(train) + countOf(test);
  if (count > MOST_IMAGES)
    throw fail(sentence('data.set.images', { count }), sentence('data.set.most', { most: MOST_IMAGES }));
}

function joined(parts: readonly Labelled[]): Labelled {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return only;
  const images = new Uint8Array(parts.reduce((sum, part) => sum + part.images.length, 0));
  const labels = new Uint8Array(countOf(parts));
  let at = 0;
  let byte = 0;
  for (const part of parts) {
    images.set(part.images, byte);
    labels.set(part.labels, at);
    at += part.labels.length;
    byte += part.images.length;
  }
  return { images, labels };
}

function chosen({ images, labels }: Labelled, indices: readonly number[]): Labelled {
  const bytes = labels.length === 0 ? 0 : images.length / labels.length;
  const some = new Uint8Array(indices.length * bytes);
  for (const [at, image] of indices.entries()) {
    some.set(images.subarray(image * bytes, (image + 1) * bytes), at * bytes);
  }
  return { images: some, labels: Uint8Array.from(indices, (image) => labels[image] ?? 0) };
}
