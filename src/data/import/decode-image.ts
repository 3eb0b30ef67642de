import { type Phrase, sentence } from '../../language/sentence.ts';
import { DataError, NamedDataError } from '../dataset.ts';
import { isPng, PngError, readPng } from '../formats/png.ts';
import { hasOtherColours } from '../formats/png-colours.ts';
import type { RgbImage } from './resize.ts';
import { wrongFile } from './wrong-file.ts';

/** Turns the bytes of an image file into pixels. Rejects where they are no image that it knows. */
export type DecodeImage = (bytes: Uint8Array, name: Phrase) => Promise<RgbImage>;

/** A PNG, the same pixels everywhere; what is transparent is white. Throws a `DataError` where it cannot be read. */
export function decodePng(bytes: Uint8Array, name: Phrase): RgbImage {
  try {
    return readPng(bytes);
  } catch (cause) {
    if (!(cause instanceof PngError)) throw cause;
    throw imageError(name, cause.sentence, cause);
  }
}

/** The error for an image that cannot be read, with the name of its file. */
export function imageError(name: Phrase, problem: Phrase, cause?: unknown): NamedDataError {
  return new NamedDataError(sentence('data.what.image'), name, problem, sentence('data.remedy.image'), cause);
}

/**
 * PNGs in sRGB as `decodePng` has them, the same everywhere; all else, PNGs that it refuses too, as `other` decodes it.
 * Where that rejects with a `DataError` the file is called by its kind.
 */
export const pngsOr =
  (other: DecodeImage): DecodeImage =>
  async (bytes, name) => {
    let refusal: DataError | null = null;
    try {
      if (isPng(bytes) && !hasOtherColours(bytes)) return decodePng(bytes, name);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      refusal = error;
    }
    try {
      return await other(bytes, name);
    } catch (error) {
      throw error instanceof DataError ? (refusal ?? wrongFile(bytes, name, 'images') ?? error) : error;
    }
  };
