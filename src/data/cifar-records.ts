import { PICTURE_BYTES, PICTURE_SIZE } from './album.ts';
import { DataError } from './error.ts';

const RECORD_BYTES = 1 + PICTURE_BYTES;
const PLANE = PICTURE_SIZE * PICTURE_SIZE;

export interface CifarRecords {
  /** RGB bytes, [count, 32, 32, 3]. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The records of one CIFAR-10 file, each a label byte and then the red, the green and the blue plane of an image.
 * Throws a `DataError` that names the file and ends with `remedy` if the bytes are no whole records or a label is
 * none of `classes` classes.
 */
export function decodeCifarRecords(bytes: Uint8Array, name: string, classes: number, remedy: string): CifarRecords {
  const count = Math.floor(bytes.length / RECORD_BYTES);
  if (count === 0 || bytes.length % RECORD_BYTES !== 0) {
    const problem = `${name} is cut short or no CIFAR-10 file (${bytes.length} bytes are no whole number of records`;
    throw new DataError('data file', `${problem} of ${RECORD_BYTES})`, remedy);
  }
  const images = new Uint8Array(count * PICTURE_BYTES);
  const labels = new Uint8Array(count);
  for (let record = 0; record < count; record++) {
    const start = record * RECORD_BYTES;
    const label = bytes[start] ?? 0;
    if (label >= classes) {
      throw new DataError('data file', `${name} is no CIFAR-10 file (record ${record} has label ${label})`, remedy);
    }
    labels[record] = label;
    interleave(bytes.subarray(start + 1, start + RECORD_BYTES), images, record * PICTURE_BYTES);
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
