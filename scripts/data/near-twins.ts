/**
 * Root mean square difference, in bytes, below which two 16×16 images count as near twins: to the eye the same drawing, but
 * for a hair, a hand or a few pixels.
 */
export const NEAR_TWIN = 15;

/** Side of the thumbnails by which most pairs are told apart. */
const THUMB = 4;

/**
 * All pairs of near twins among square RGB images, [count, size, size, 3], by their numbers, the smaller one first. The
 * difference of two images is at least that of their averaged thumbnails, so few pairs need be compared in full.
 */
export function nearTwins(images: Uint8Array, size: number, below = NEAR_TWIN): readonly (readonly [number, number])[] {
  const [length, short] = [size * size * 3, THUMB * THUMB * 3];
  const count = images.length / length;
  const thumbs = thumbnails(images, size);
  const [most, mostShort] = [below * below * length, below * below * short];
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (isWithin(thumbs, a, b, short, mostShort) && isWithin(images, a, b, length, most)) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** Whether the squared differences of two rows of `length` numbers add up to less than `most`. */
function isWithin(rows: Uint8Array | Float32Array, a: number, b: number, length: number, most: number): boolean {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const difference = (rows[a * length + i] ?? 0) - (rows[b * length + i] ?? 0);
    sum += difference * difference;
    if (sum >= most) return false;
  }
  return true;
}

/** The images averaged down to THUMB pixels a side, not rounded. */
function thumbnails(images: Uint8Array, size: number): Float32Array {
  const factor = size / THUMB;
  const count = images.length / (size * size * 3);
  const thumbs = new Float32Array(count * THUMB * THUMB * 3);
  for (const [at, byte] of images.entries()) {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % size, Math.floor(pixel / size) % size];
    const image = Math.floor(pixel / (size * size));
    const to = (image * THUMB + Math.floor(y / factor)) * THUMB + Math.floor(x / factor);
    const channel = 3 * to + (at % 3);
    thumbs[channel] = (thumbs[channel] ?? 0) + byte / (factor * factor);
  }
  return thumbs;
}
