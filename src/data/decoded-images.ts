import { sizesOf, USUAL_PICTURE_SIZE } from '../core/data/images.ts';
import type { DataSpec } from '../core/experiment/experiment.ts';
import { sentence } from '../language/sentence.ts';
import { DataError, type PicturedDataset, type Pictures } from './dataset.ts';

/** Height and width of CIFAR's images, and of a person's own unless another size is chosen. */
export const PICTURE_SIZE = USUAL_PICTURE_SIZE;

/** Size in bytes of one such image. */
export const PICTURE_BYTES = PICTURE_SIZE * PICTURE_SIZE * 3;

/** All images of a source, decoded once. Datasets of any size and task are made from it without decoding again. */
export interface DecodedImages {
  readonly source: DataSpec['source'];
  readonly train: Pictures;
  readonly test: Pictures;
  /** One labelling per task. */
  readonly labellings: readonly Labelling[];
}

/** Class indices for all images of a source, under one task. */
export interface Labelling {
  /** The task of an emoji `DataSpec`; 'class' where the source has one task only. */
  readonly task: string;
  readonly classes: readonly string[];
  /** One class index a training image. */
  readonly train: Uint8Array;
  /** One class index a test image. */
  readonly test: Uint8Array;
}

/**
 * The data set of `spec`. At the images' own size it shares their bytes. Throws `DataError` if the images are of
 * another source or cannot be shrunk to that size.
 */
export function datasetFrom(decoded: DecodedImages, spec: DataSpec): PicturedDataset {
  const task = spec.source === 'emoji' ? spec.task : 'class';
  const sorting = decoded.labellings.find((each) => each.task === task);
  if (decoded.source !== spec.source || sorting === undefined) {
    const problem = sentence('data.source.other', { source: spec.source, task, other: decoded.source });
    throw new DataError(sentence('data.what.source'), problem, sentence('data.source.own'));
  }
  const { size: made } = decoded.train;
  if (made % spec.size !== 0) {
    const problem = sentence('data.size.asked', { size: spec.size, made });
    const remedy = sentence('data.size.choose', { sizes: sizesOf(made).join(', ') });
    throw new DataError(sentence('data.what.imageSize'), problem, remedy);
  }
  const resize = (images: Uint8Array) => shrink(images, made, spec.size);
  return {
    spec,
    size: spec.size,
    classes: sorting.classes,
    train: { images: resize(decoded.train.images), labels: sorting.train },
    test: { images: resize(decoded.test.images), labels: sorting.test },
    pictures: { train: decoded.train, test: decoded.test },
  };
}

/**
 * Square RGB images [count, from, from, 3] made smaller, [count, to, to, 3]: each byte is the mean of a square of
 * (from / to)^2 bytes, rounded half up. `to` must divide `from`; if they are equal the same array comes back.
 */
export function shrink(images: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return images;
  const factor = from / to;
  const area = factor * factor;
  const rowBytes = from * 3;
  // The rows of all images lie one below the other, and `to` divides them evenly: they shrink as one tall image.
  const rows = images.length / rowBytes / factor;
  const small = new Uint8Array(rows * to * 3);
  const sums = new Uint32Array(to * 3);
  for (let row = 0; row < rows; row++) {
    sums.fill(area >> 1);
    for (let line = row * factor; line < (row + 1) * factor; line++) addLine(sums, images, line * rowBytes, factor);
    for (let i = 0; i < sums.length; i++) small[row * sums.length + i] = (sums[i] ?? 0) / area;
  }
  return small;
}

/** Adds each run of `factor` neighbouring pixels of the line at `offset` to its sum. */
function addLine(sums: Uint32Array, images: Uint8Array, offset: number, factor: number): void {
  let at = offset;
  for (let i = 0; i < sums.length; i += 3) {
    for (let pixel = 0; pixel < factor; pixel++) {
      sums[i] = (sums[i] ?? 0) + (images[at++] ?? 0);
      sums[i + 1] = (sums[i + 1] ?? 0) + (images[at++] ?? 0);
      sums[i + 2] = (sums[i + 2] ?? 0) + (images[at++] ?? 0);
    }
  }
}
