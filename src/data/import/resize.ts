import type { Picture } from '../../core/data/images.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';
import { shrink } from '../decoded-images.ts';

/** An image of RGB bytes, [height, width, 3]. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * The centre square of an image, resized to [size, size, 3] by area averaging: each pixel is the mean of the area that
 * it covers.
 */
export function squareOf({ width, height, data }: RgbImage, size: number): Uint8Array {
  const side = Math.min(width, height);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  const columns = spans(left, side, size, width);
  const rows = spans(top, side, size, height);
  const square = new Uint8Array(size * size * 3);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      const sums = [0, 0, 0];
      for (const [y, tall] of row) {
        for (const [x, wide] of column) {
          const from = (y * width + x) * 3;
          for (let channel = 0; channel < 3; channel++) {
            sums[channel] = (sums[channel] ?? 0) + (data[from + channel] ?? 0) * tall * wide;
          }
        }
      }
      for (const sum of sums) square[to++] = Math.round(sum);
    }
  }
  return square;
}

/** For each of `size` pixels, the old pixels that it covers with their shares, which add up to 1. */
function spans(start: number, length: number, size: number, most: number): (readonly [at: number, share: number])[][] {
  const step = length / size;
  return Array.from({ length: size }, (_, index) => {
    const [from, to] = [start + index * step, start + (index + 1) * step];
    const span: (readonly [number, number])[] = [];
    for (let at = Math.floor(from); at < Math.min(most, Math.ceil(to)); at++) {
      const share = (Math.min(at + 1, to) - Math.max(at, from)) / step;
      if (share > 1e-9) span.push([at, share]);
    }
    return span;
  });
}

/**
 * Centres an image unscaled on a black square [size, size, 3] if it fits and fills more than half of a side; otherwise
 * resizes its centre square.
 */
export function fitted(image: RgbImage, size: number): Uint8Array {
  const { width, height, data } = image;
  if (Math.max(width, height) > size || Math.min(width, height) <= size / 2) return squareOf(image, size);
  const square = new Uint8Array(size * size * 3);
  const [top, left] = [Math.floor((size - height) / 2), Math.floor((size - width) / 2)];
  for (let y = 0; y < height; y++) {
    square.set(data.subarray(y * width * 3, (y + 1) * width * 3), ((top + y) * size + left) * 3);
  }
  return square;
}

/**
 * Any picture at `to` pixels a side, [to, to, 3], as the images of a data set of that size are made. Throws a `DataError`
 * where its bytes are not those of a square.
 */
export function pictureAt({ name, size, rgb }: Picture, to: number): Uint8Array {
  if (!Number.isInteger(size) || size < 1 || rgb.length !== size * size * 3) {
    const problem = sentence('data.image.bytes', { bytes: rgb.length, size });
    throw new DataError(sentence('data.what.image'), named(name, problem), sentence('data.remedy.onceMore'));
  }
  return size % to === 0 ? shrink(rgb, size, to) : squareOf({ width: size, height: size, data: rgb }, to);
}
