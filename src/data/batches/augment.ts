import type { Normalisation } from './normalise.ts';
import type { Random } from './random.ts';

/** The augmentation of one image in one step. */
export interface Augmentation {
  /** Shift of the image to the left in pixels; to the right if negative. */
  readonly left: number;
  /** Shift of the image upwards in pixels; downwards if negative. */
  readonly up: number;
  /** Whether the shifted image is flipped horizontally. */
  readonly flip: boolean;
}

/** No augmentation. */
export const NO_AUGMENTATION: Augmentation = { left: 0, up: 0, flip: false };

/** The paper's augmentation: a crop from the image padded by an eighth of its size all around, then a flip or none. */
export function randomAugmentation(size: number, random: Random): Augmentation {
  const padding = Math.floor(size / 8);
  const left = random.below(2 * padding + 1) - padding;
  const up = random.below(2 * padding + 1) - padding;
  return { left, up, flip: random.below(2) === 1 };
}

/**
 * Writes one changed and normalised image [size, size, 3] into `target` at `offset`. `image` holds its bytes. Padding
 * is left as it is in `target`: 0 there is the mean.
 */
export function writeAugmented(
  image: Uint8Array,
  size: number,
  { left, up, flip }: Augmentation,
  { mean, scale }: Normalisation,
  target: Float32Array,
  offset: number,
): void {
  const [top, bottom] = [Math.max(0, -up), Math.min(size, size - up)];
  const [first, end] = [Math.max(0, -left), Math.min(size, size - left)];
  for (let y = top; y < bottom; y++) {
    for (let x = first; x < end; x++) {
      const from = ((y + up) * size + x + left) * 3;
      const to = offset + (y * size + (flip ? size - 1 - x : x)) * 3;
      target[to] = ((image[from] ?? 0) - (mean[from] ?? 0)) * scale;
      target[to + 1] = ((image[from + 1] ?? 0) - (mean[from + 1] ?? 0)) * scale;
      target[to + 2] = ((image[from + 2] ?? 0) - (mean[from + 2] ?? 0)) * scale;
    }
  }
}
