import { PROBED, readsBackTrue } from '../../core/data/images.ts';
import { type DecodeImage, imageError, pngsOr } from '../../data/import/decode-image.ts';
import { SaidError, sentence } from '../../language/sentence.ts';

/** The shorter side that an image of a data set is drawn at: what is then made of it has half of that at most. */
const DRAWN = 128;

/** Pixels of a photograph above which the browser makes it smaller: some browsers have no larger canvas. */
const MOST_PIXELS = 16e6;

/**
 * Any image that the browser knows, as it would show it: turned as its EXIF says, in sRGB, of an animation the first
 * picture; on white, and made smaller by `scaleOf` its width and height where that is below 1.
 *
 * PNGs in sRGB are decoded by our own means, so that their pixels are the same everywhere. All else the browser decodes,
 * and is read back from a canvas: pixels may differ by a step or two between browsers, and browsers that guard privacy
 * add noise to them (`decodesTruly`).
 */
const decodeScaled = (scaleOf: (width: number, height: number) => number): DecodeImage =>
  pngsOr(async (bytes, name) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch((cause: unknown) => {
      throw imageError(name, sentence('data.image.undecoded'), cause);
    });
    const scale = Math.min(1, scaleOf(bitmap.width, bitmap.height));
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
    for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
      rgb[to] = data[from] ?? 0;
      rgb[to + 1] = data[from + 1] ?? 0;
      rgb[to + 2] = data[from + 2] ?? 0;
    }
    return { width: canvas.width, height: canvas.height, data: rgb };
  });

/** The decoder for the images of data sets. */
export const decodeInBrowser = decodeScaled((width, height) => DRAWN / Math.min(width, height));

/** The decoder for photographs that ImageNet's nets see: in their full size, which `centreCrop` resizes as torchvision does. */
export const decodePhotograph = decodeScaled((width, height) => Math.sqrt(MOST_PIXELS / (width * height)));

/** Whether the pixels that `decodeInBrowser` reads back are those that the browser drew. */
export function decodesTruly(): boolean {
  const context = new OffscreenCanvas(PROBED, PROBED).getContext('2d', { willReadFrequently: true });
  return context === null || readsBackTrue(context);
}
