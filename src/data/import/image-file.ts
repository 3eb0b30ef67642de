import { printable } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';
import { bytesOf } from '../unreadable.ts';
import { MEGABYTE } from './entry.ts';

/** Size limit for the file of one image. */
export const MOST_IMAGE_BYTES = 32 * MEGABYTE;

/** The bytes of an image file that a person gave by itself. Throws a `DataError` where it is too large, or gone. */
export async function readImageFile(blob: Blob, name: string): Promise<Uint8Array> {
  const what = sentence('data.what.image');
  if (blob.size > MOST_IMAGE_BYTES) {
    const problem = sentence('data.file.tooLarge', { most: MOST_IMAGE_BYTES / MEGABYTE });
    throw new DataError(what, named(printable(name), problem), sentence('data.remedy.another'));
  }
  return bytesOf(blob, what, name);
}
