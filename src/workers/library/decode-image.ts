import { PROBED, readsBackTrue } from '../../core/data/images.ts';
import { type DecodeImage, imageError, pngsOr } from '../../data/import/decode-image.ts';
import { SaidError, sentence } from '../../language/sentence.ts';

/** The shorter side that an image of a data set is drawn at: what is then made of it has half of that at most. */
const DRAWN = 128;

/**
 * Any image that the browser knows, as it would show it: turned as its EXIF says, in sRGB, of an animation the first
 * picture; on white, and made smaller where its shorter side has more pixels than `largest`.
 *
 * PNGs in sRGB are decoded by our own means, so that their pixels are the same everywhere. All else the browser decodes,
 * and is read back from a canvas: pixels may differ by a step or two between browsers, and browsers that guard privacy
 * add noise to them (`decodesTruly`).
 */
export const decodeUpTo = (largest: number): DecodeImage =>
  pngsOr(async (bytes, name) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch((cause: unknown) => {
      throw imageError(name, sentence('data.image.undecoded'), cause);
    });
    const scale = Math.min(1, largest / Math.min(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new SaidError(sentence('errors.image.noCanvas'));
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const rgb = new Uint8Array((data.length / 4) * 3);
    for (let pixel = 0; pixel * 4 < data.length; pixel++) rgb.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
    return { width: canvas.width, height: canvas.height, data: rgb };
  });

/** The decoder for the images of data sets. */
export const decodeInBrowser = decodeUpTo(DRAWN);

/** Whether the pixels that `decodeInBrowser` reads back are those that the browser drew. */
export function decodesTruly(): boolean {
  const context = new OffscreenCanvas(PROBED, PROBED).getContext('2d', { willReadFrequently: true });
  return context === null || readsBackTrue(context);
}
