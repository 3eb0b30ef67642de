import { sizesOf, USUAL_PICTURE_SIZE } from '../core/data/image-sizes.ts';
import type { DataSpec } from '../core/experiment/experiment.ts';
import type { PicturedDataset, Pictures } from './dataset.ts';
import { DataError } from './error.ts';
import { shrink } from './shrink.ts';

/** Height and width of emoji and of CIFAR's images. */
export const PICTURE_SIZE = USUAL_PICTURE_SIZE;

/** Bytes of one of them. */
export const PICTURE_BYTES = PICTURE_SIZE * PICTURE_SIZE * 3;

/** All images of a source, decoded once. Datasets of any size and task are made from it without decoding again. */
export interface Album {
  readonly source: DataSpec['source'];
  readonly train: Pictures;
  readonly test: Pictures;
  /** One or more ways to sort the images. */
  readonly sortings: readonly Sorting[];
}

export interface Sorting {
  /** The task of an emoji `DataSpec`; 'class' where the source has one task only. */
  readonly task: string;
  readonly classes: readonly string[];
  /** One class index a training image. */
  readonly train: Uint8Array;
  /** One class index a test image. */
  readonly test: Uint8Array;
}

/**
 * The dataset of `spec`. At the album's own size it shares its bytes with it.
 * Throws `DataError` if the album is of another source or cannot be made that size.
 */
export function cutDataset(album: Album, spec: DataSpec): PicturedDataset {
  const task = spec.source === 'emoji' ? spec.task : 'class';
  const sorting = album.sortings.find((each) => each.task === task);
  if (album.source !== spec.source || sorting === undefined) {
    throw new DataError('data source', `${spec.source} by ${task} was asked of ${album.source}`, 'load its own source');
  }
  const { size: made } = album.train;
  if (made % spec.size !== 0) {
    const problem = `${spec.size} was asked of images that have ${made} pixels a side`;
    throw new DataError('image size', problem, `choose one of ${sizesOf(made).join(', ')}`);
  }
  const resize = (images: Uint8Array) => shrink(images, made, spec.size);
  return {
    spec,
    size: spec.size,
    classes: sorting.classes,
    train: { images: resize(album.train.images), labels: sorting.train },
    test: { images: resize(album.test.images), labels: sorting.test },
    pictures: { train: album.train, test: album.test },
  };
}
