/** Pixels a side that a person's own images can be made at. */
export const PICTURE_SIZES = [16, 32, 48, 64] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** Pixels a side of the emoji and of CIFAR's images; the default for a person's own. */
export const USUAL_PICTURE_SIZE = 32;

/** No data set's images have more. */
export const LARGEST_IMAGE = 64;

/** Pixels a side that nets can be given images at. */
export const IMAGE_SIZES = [8, 16, 32, 48, 64] as const;
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
