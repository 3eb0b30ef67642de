import { PROBED, readsBackTrue } from '../../../core/canvas-noise.ts';

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
  [canvas.width, canvas.height] = [PROBED, PROBED];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || !readsBackTrue(context)) throw new CanvasNoiseError();
}
