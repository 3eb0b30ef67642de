import { assertReadable } from './readable-canvas.ts';

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
      canvas.toBlob((blob) =>
        blob === null ? reject(new Error('picture: too large for the browser')) : resolve(blob),
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
