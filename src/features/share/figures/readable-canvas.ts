const SIDE = 16;

/** The browser adds noise to what a page reads from a canvas, as Firefox does under `resistFingerprinting`. */
class CanvasNoiseError extends Error {
  override readonly name = 'CanvasNoiseError';
  override readonly message =
    'picture: this browser adds noise to pixels that a page reads back, as a protection against fingerprinting; ' +
    'allow this site to read its canvas, or save a figure without images as SVG';
}

/** Throws a `CanvasNoiseError` where pixels read from a canvas differ from those that were written to it. */
export function assertReadable(): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SIDE, SIDE];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  // Uniform areas are left as they are by some browsers, so every pixel has a colour of its own. All are opaque,
  // because colours of transparent pixels are rounded.
  const written = Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, index) =>
    index % 4 === 3 ? 255 : (index * 89) % 251,
  );
  context?.putImageData(new ImageData(written, SIDE, SIDE), 0, 0);
  const read = context?.getImageData(0, 0, SIDE, SIDE).data;
  if (read === undefined || read.some((value, index) => value !== written[index])) throw new CanvasNoiseError();
}
