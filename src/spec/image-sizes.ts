/** Pixels a side that a person's own images can be made at. */
export const PICTURE_SIZES = [16, 32, 48, 64] as const;
export type PictureSize = (typeof PICTURE_SIZES)[number];

/** What emoji and CIFAR's images have, and a person's own where nobody says otherwise. */
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

/** Of the sizes of images of `made` pixels the largest that is not above `wanted`. */
export function sizeWithin(made: number, wanted: number): ImageSize {
  const sizes = sizesOf(made);
  return sizes.findLast((size) => size <= wanted) ?? sizes[0] ?? IMAGE_SIZES[0];
}
