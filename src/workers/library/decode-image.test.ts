import { afterEach, expect, test, vi } from 'vitest';
import { decodeInBrowser, decodePhotograph } from './decode-image.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser whose images have this size, and whose canvas says that it has two pixels. */
function showImages(width: number, height: number): void {
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close: () => {} }));
  const getImageData = () => ({ data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) });
  class Canvas {
    readonly getContext = () => ({ fillRect: () => {}, drawImage: () => {}, getImageData });
    constructor(
      readonly width: number,
      readonly height: number,
    ) {}
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
}

test('photographs are decoded in full size, images of data sets as small as they are drawn', async () => {
  showImages(1500, 1100);
  const { width, height, data } = await decodePhotograph(Uint8Array.of(1), 'photograph.jpg');
  expect([width, height]).toEqual([1500, 1100]);
  expect(data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
  expect(await decodeInBrowser(Uint8Array.of(1), 'image.jpg')).toMatchObject({ width: 175, height: 128 });
});

test('photographs of more pixels than a canvas may have are made smaller', async () => {
  showImages(8000, 4000);
  const { width, height } = await decodePhotograph(Uint8Array.of(1), 'photograph.jpg');
  expect([width, height]).toEqual([5657, 2828]);
});
