import type { MeanOf } from '../../core/experiment/recipe.ts';
import type { Split } from '../dataset.ts';

/** The normalisation of image bytes to a net's inputs: (byte - mean) * scale. */
export interface Normalisation {
  /** Means of the training images by pixel and channel, [size, size, 3]. */
  readonly mean: Float32Array;
  /** One over the standard deviation of all the training bytes around those means. */
  readonly scale: number;
}

/**
 * The normalisation of a data set with these training images: by their mean at each pixel and channel (He et al. 2015,
 * section 4.2), or over all pixels of each channel. If all images are equal they are only centred.
 */
export function normalisationOf({ images, labels }: Split, of: MeanOf = 'pixel'): Normalisation {
  const count = labels.length;
  const length = images.length / count;
  const sums = new Float64Array(length);
  let squares = 0;
  for (let start = 0; start < images.length; start += length) {
    for (let i = 0; i < length; i++) {
      const byte = images[start + i] ?? 0;
      sums[i] = (sums[i] ?? 0) + byte;
      squares += byte * byte;
    }
  }
  const means = of === 'pixel' ? sums.map((sum) => sum / count) : channelMeans(sums, count);
  const ofMeans = means.reduce((total, mean) => total + mean * mean, 0);
  const variance = squares / images.length - ofMeans / length;
  // The difference of two large numbers: what is left of equal ones is rounding, far below any real picture's.
  return { mean: Float32Array.from(means), scale: variance > 1e-6 ? 1 / Math.sqrt(variance) : 1 };
}

/** The mean of each channel, repeated at every pixel, from the sums over the images. */
function channelMeans(sums: Float64Array, count: number): Float64Array {
  const totals = [0, 0, 0];
  for (const [at, sum] of sums.entries()) totals[at % 3] = (totals[at % 3] ?? 0) + sum;
  return sums.map((_, at) => (totals[at % 3] ?? 0) / ((count * sums.length) / 3));
}

/** Image bytes from normalised values of the same shape: the inverse of `normalise`, rounded and clamped to 0 .. 255. */
export function denormalise(values: Float32Array, { mean, scale }: Normalisation): Uint8Array {
  const bytes = new Uint8ClampedArray(values.length);
  for (const [at, value] of values.entries()) bytes[at] = Math.round(value / scale + (mean[at % mean.length] ?? 0));
  return new Uint8Array(bytes.buffer);
}

/** Normalises image bytes [count, size, size, 3]; the result has the same shape. */
export function normalise(images: Uint8Array, { mean, scale }: Normalisation): Float32Array {
  const values = new Float32Array(images.length);
  const length = mean.length;
  for (let start = 0; start < images.length; start += length) {
    for (let i = 0; i < length; i++) values[start + i] = ((images[start + i] ?? 0) - (mean[i] ?? 0)) * scale;
  }
  return values;
}
