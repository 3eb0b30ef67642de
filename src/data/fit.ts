import type { Picture } from '../core/results/report.ts';
import { DataError } from './error.ts';
import { squareOf } from './import/resize.ts';
import { shrink } from './shrink.ts';

/**
 * Any picture at `to` pixels a side, [to, to, 3], as the images of a data set of that size are made. Throws a `DataError`
 * where its bytes are not those of a square.
 */
export function pictureAt({ name, size, rgb }: Picture, to: number): Uint8Array {
  if (!Number.isInteger(size) || size < 1 || rgb.length !== size * size * 3) {
    throw new DataError('image', `${name} has ${rgb.length} bytes, not ${size} × ${size} × 3`, 'give it once more');
  }
  return size % to === 0 ? shrink(rgb, size, to) : squareOf({ width: size, height: size, data: rgb }, to);
}
