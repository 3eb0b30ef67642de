/** Sides in pixels at which a user's own images can be stored. */
export const PICTURE_SIZES = [16, 32, 48, 64] as const;
/** Side in pixels at which a user's own images are stored. */
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** Side in pixels of the emoji and CIFAR images; the default for a user's own. */
export const USUAL_PICTURE_SIZE = 32;

/** Maximum side in pixels of a data set's images. */
export const LARGEST_IMAGE = 64;

/** Sides in pixels of the images that nets can be trained on. */
export const IMAGE_SIZES = [8, 16, 32, 48, 64] as const;
/** Side in pixels of the images that a net is trained on. */
export type ImageSize = (typeof IMAGE_SIZES)[number];

/** The same for emoji and CIFAR. */
export const USUAL_SIZES = [8, 16, 32] as const;

/** The sizes to which images of side `made` can be shrunk by averaging whole squares, itself included. */
export function sizesOf(made: number): readonly ImageSize[] {
  return IMAGE_SIZES.filter((size) => made % size === 0);
}

/** The largest size not above `wanted` to which images of `made` pixels a side can be shrunk. */
export function sizeWithin(made: number, wanted: number): ImageSize {
  const sizes = sizesOf(made);
  return sizes.findLast((size) => size <= wanted) ?? sizes[0] ?? IMAGE_SIZES[0];
}

/** The part of a 2D canvas context, on the page or in a worker, that is needed to test it. */
export type ReadableContext = Pick<
  OffscreenCanvasRenderingContext2D,
  'createImageData' | 'putImageData' | 'getImageData'
>;

/** Side of the test picture in pixels: some browsers add noise to few pixels only. */
export const PROBED = 128;

/**
 * Whether a canvas of at least 128 by 128 pixels returns exactly the pixels that were drawn on it. Browsers that guard
 * privacy (Firefox and Tor Browser with `resistFingerprinting`, Brave) put noise into it, or give back white.
 */
export function readsBackTrue(context: ReadableContext): boolean {
  const drawn = context.createImageData(PROBED, PROBED);
  // Opaque, so that no browser rounds: every colour that a byte can be, no two pixels side by side alike.
  for (let at = 0; at < drawn.data.length; at++) drawn.data[at] = at % 4 === 3 ? 255 : (at * 73 + (at >> 9) * 31) % 256;
  context.putImageData(drawn, 0, 0);
  const read = context.getImageData(0, 0, PROBED, PROBED);
  return drawn.data.every((value, at) => read.data[at] === value);
}

/** A square image: RGB bytes, [size, size, 3]. */
export interface Picture {
  readonly name: string;
  readonly size: number;
  readonly rgb: Uint8Array;
}
