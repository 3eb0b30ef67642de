import type { Batch } from '../../data/batches/batches.ts';

/** Number of images in one forward pass, as in a race's training errors. */
const CHUNK = 250;

/** Cuts the first `count` images into equal chunks of at most 250; images that do not fill a last one are left out. */
export function cut({ images, labels }: Batch, count = labels.length): readonly Batch[] {
  const chunk = Math.min(CHUNK, count, labels.length);
  const pixels = images.length / labels.length;
  const starts = Array.from(
    { length: Math.floor(Math.min(count, labels.length) / chunk) },
    (_, index) => index * chunk,
  );
  return starts.map((from) => ({
    images: images.subarray(from * pixels, (from + chunk) * pixels),
    labels: labels.subarray(from, from + chunk),
  }));
}
