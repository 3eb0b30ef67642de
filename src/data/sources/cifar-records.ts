import { PICTURE_BYTES, PICTURE_SIZE } from '../album.ts';
import { DataError } from '../error.ts';

const PLANE = PICTURE_SIZE * PICTURE_SIZE;

export interface CifarRecords {
  /** RGB bytes, [count, 32, 32, 3]. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The records of one CIFAR file, each a label (the last of `labelBytes` bytes) and then the red, the green and the blue
 * plane of an image. Throws a `DataError` that names the file and ends with `remedy` if the bytes are no whole records
 * or a label is none of `classes` classes.
 */
export function decodeCifarRecords(
  bytes: Uint8Array,
  name: string,
  classes: number,
  remedy: string,
  labelBytes = 1,
): CifarRecords {
  const recordBytes = labelBytes + PICTURE_BYTES;
  const kind = `CIFAR-${classes}`;
  const count = Math.floor(bytes.length / recordBytes);
  if (count === 0 || bytes.length % recordBytes !== 0) {
    const problem = `${name} is cut short or no ${kind} file (${bytes.length} bytes are no whole number of records`;
    throw new DataError('data file', `${problem} of ${recordBytes})`, remedy);
  }
  const images = new Uint8Array(count * PICTURE_BYTES);
  const labels = new Uint8Array(count);
  for (let record = 0; record < count; record++) {
    const start = record * recordBytes + labelBytes;
    const label = bytes[start - 1] ?? 0;
    if (label >= classes) {
      throw new DataError('data file', `${name} is no ${kind} file (record ${record} has label ${label})`, remedy);
    }
    labels[record] = label;
    interleave(bytes.subarray(start, start + PICTURE_BYTES), images, record * PICTURE_BYTES);
  }
  return { images, labels };
}

function interleave(planes: Uint8Array, images: Uint8Array, offset: number): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    const at = offset + pixel * 3;
    images[at] = planes[pixel] ?? 0;
    images[at + 1] = planes[PLANE + pixel] ?? 0;
    images[at + 2] = planes[2 * PLANE + pixel] ?? 0;
  }
}
