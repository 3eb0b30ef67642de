import { PROBED, readsBackTrue } from '../../../core/data/images.ts';
import { say } from '../../../language/say.ts';

/** Pixels of the picture for each of CSS: sharp on paper and on dense screens. */
const DENSITY = 2;

/** A picture that stands on its own, as PNG. Throws a `CanvasNoiseError` where the browser falsifies pixels. */
export async function pngOf(svg: string): Promise<Blob> {
  assertReadable();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [DENSITY * image.width, DENSITY * image.height];
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error(say('share.tooLarge'))) : resolve(blob)));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The browser adds noise to what a page reads from a canvas, as Firefox does under `resistFingerprinting`. */
class CanvasNoiseError extends Error {
  override readonly name = 'CanvasNoiseError';
  override readonly message = say('share.noisyCanvas');
}

/** Throws a `CanvasNoiseError` where pixels read from a canvas differ from those that were written to it. */
export function assertReadable(): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [PROBED, PROBED];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || !readsBackTrue(context)) throw new CanvasNoiseError();
}
