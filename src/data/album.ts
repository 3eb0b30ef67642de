import type { DataSpec } from '../spec/experiment.ts';
import type { PicturedDataset, Pictures } from './dataset.ts';
import { DataError } from './error.ts';
import { shrink } from './shrink.ts';

/** Height and width of the images in an album. */
export const PICTURE_SIZE = 32;

/** Bytes of one image in an album. */
export const PICTURE_BYTES = PICTURE_SIZE * PICTURE_SIZE * 3;

/** Every image of a source, decoded once. Datasets of any size and task are cut from it, which is quick. */
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
 * The dataset of `spec`. At 32 it shares its bytes with the album.
 * Throws `DataError` if the album is of another source.
 */
export function cutDataset(album: Album, spec: DataSpec): PicturedDataset {
  const task = spec.source === 'emoji' ? spec.task : 'class';
  const sorting = album.sortings.find((each) => each.task === task);
  if (album.source !== spec.source || sorting === undefined) {
    throw new DataError('data source', `${spec.source} by ${task} was asked of ${album.source}`, 'load its own source');
  }
  const resize = (images: Uint8Array) => shrink(images, PICTURE_SIZE, spec.size);
  return {
    spec,
    size: spec.size,
    classes: sorting.classes,
    train: { images: resize(album.train.images), labels: sorting.train },
    test: { images: resize(album.test.images), labels: sorting.test },
    pictures: { train: album.train, test: album.test },
  };
}
