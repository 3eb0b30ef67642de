import { DataError } from '../data/error.ts';
import { type DecodeImage, decodePng, isPng } from '../data/import/decode-image.ts';

/** The shorter side that an image of a data set is drawn at: what is then made of it has 32 pixels. */
const DRAWN = 128;

/**
 * Any image that the browser knows, on white, made smaller where its shorter side has more pixels than `largest`. PNGs
 * are decoded by our own means, since browsers that guard privacy give back other pixels than they drew.
 */
export const decodeUpTo =
  (largest: number): DecodeImage =>
  async (bytes, name) => {
    if (isPng(bytes)) return decodePng(bytes, name);
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch((cause: unknown) => {
      throw new DataError('image', `${name} does not decode`, 'leave it out or save it again', cause);
    });
    const scale = Math.min(1, largest / Math.min(bitmap.width, bitmap.height));
    const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
    const canvas = new OffscreenCanvas(width ?? 1, height ?? 1);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error(`image: ${name}: this browser cannot draw in a worker`);
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const rgb = new Uint8Array((data.length / 4) * 3);
    for (let pixel = 0; pixel * 4 < data.length; pixel++) rgb.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
    return { width: canvas.width, height: canvas.height, data: rgb };
  };

/** The images of data sets. */
export const decodeInBrowser = decodeUpTo(DRAWN);
