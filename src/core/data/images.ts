/** Pixels a side that a person's own images can be made at. */
export const PICTURE_SIZES = [16, 32, 48, 64] as const;
/** Side in pixels at which a user's own images are stored. */
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** Pixels a side of the emoji and of CIFAR's images; the default for a person's own. */
export const USUAL_PICTURE_SIZE = 32;

/** No data set's images have more. */
export const LARGEST_IMAGE = 64;

/** Pixels a side that nets can be given images at. */
export const IMAGE_SIZES = [8, 16, 32, 48, 64] as const;
/** Side in pixels of the images that a net is trained on. */
export type ImageSize = (typeof IMAGE_SIZES)[number];

/** The same where the images are emoji or CIFAR's. */
export const USUAL_SIZES = [8, 16, 32] as const;

/** What images of `made` pixels can be made smaller to, as means of whole squares; itself included. */
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

/** Pixels a side of the picture that is drawn: some browsers put noise into few pixels only. */
export const PROBED = 128;

/**
 * Whether what is drawn on a canvas of at least 128 by 128 pixels is what is read from it. Browsers that guard privacy
 * (Firefox and Tor Browser with `resistFingerprinting`, Brave) put noise into it, or give back white.
 */
export function readsBackTrue(context: ReadableContext): boolean {
  const drawn = context.createImageData(PROBED, PROBED);
  // Opaque, so that no browser rounds: every colour that a byte can be, no two pixels side by side alike.
  for (let at = 0; at < drawn.data.length; at++) drawn.data[at] = at % 4 === 3 ? 255 : (at * 73 + (at >> 9) * 31) % 256;
  context.putImageData(drawn, 0, 0);
  const read = context.getImageData(0, 0, PROBED, PROBED);
  return drawn.data.every((value, at) => read.data[at] === value);
}

/** One image to look at: RGB bytes, [size, size, 3]. */
export interface Picture {
  readonly name: string;
  readonly size: number;
  readonly rgb: Uint8Array;
}
