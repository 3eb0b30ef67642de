import type { Batch } from '../../data/batches.ts';

/** Images that go through a net at once: as many as a race measures training errors with. */
const CHUNK = 250;

/** Equal parts of the first `count` images, as large as they may be; images that do not fill a last one are left out. */
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
