import { printable } from '../../core/quote.ts';
import { phraseOf, type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';
import { MEGABYTE } from './entry.ts';

/** Size limit for the file of one image. */
export const MOST_IMAGE_BYTES = 32 * MEGABYTE;

/** The bytes of an image file that a person gave by itself. Throws a `DataError` where it is too large, or gone. */
export async function readImageFile(blob: Blob, name: string): Promise<Uint8Array> {
  const fail = (problem: Sentence, remedy: Sentence, cause?: unknown) =>
    new DataError(sentence('data.what.image'), named(printable(name), problem), remedy, cause);
  if (blob.size > MOST_IMAGE_BYTES) {
    const problem = sentence('data.file.tooLarge', { most: MOST_IMAGE_BYTES / MEGABYTE });
    throw fail(problem, sentence('data.remedy.another'));
  }
  const bytes = await blob.arrayBuffer().catch((cause: unknown) => {
    const problem = sentence('data.file.unreadable', { reason: phraseOf(cause) });
    throw fail(problem, sentence('data.remedy.onceMore'), cause);
  });
  return new Uint8Array(bytes);
}
