import type { Preprocessing } from '../core/data/pretrained.ts';
import type { RgbImage } from './import/resize.ts';

/** The source pixels of one resized pixel, with their weights. */
interface Mix {
  readonly from: number;
  readonly shares: readonly number[];
}

/**
 * Preprocesses an image as for testing ImageNet nets: resized until its shorter side has `shorter` pixels, the square
 * of `crop` pixels in the middle, [crop, crop, 3] bytes. Sizes and places are rounded as torchvision rounds them,
 * pixels mixed as Pillow does it: linearly, over as wide a window as the image shrinks, first along the rows.
 */
export function centreCrop({ width, height, data }: RgbImage, shorter: number, crop: number): Uint8Array {
  const side = Math.min(width, height);
  const [wide, tall] = [width, height].map((each) => Math.floor((shorter * each) / side));
  const columns = mixes(width, wide ?? 0, crop);
  const rows = mixes(height, tall ?? 0, crop);
  const [first, last] = [rows[0]?.from ?? 0, Math.max(...rows.map(({ from, shares }) => from + shares.length))];
  const across = new Uint8Array((last - first) * crop * 3);
  for (let y = first; y < last; y++) {
    for (const [x, { from, shares }] of columns.entries()) {
      mix(data, 3 * (y * width + from), 3, shares, across, 3 * ((y - first) * crop + x), 3);
    }
  }
  const square = new Uint8Array(crop * crop * 3);
  const row = crop * 3;
  for (const [y, { from, shares }] of rows.entries()) {
    mix(across, (from - first) * row, row, shares, square, y * row, row);
  }
  return square;
}

/** Writes `count` mixed bytes: each of pixels that are `stride` bytes apart in `source`, by their shares. */
function mix(
  source: Uint8Array,
  from: number,
  stride: number,
  shares: readonly number[],
  target: Uint8Array,
  to: number,
  count: number,
): void {
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let nth = 0; nth < shares.length; nth++) sum += (shares[nth] ?? 0) * (source[from + at + nth * stride] ?? 0);
    target[to + at] = byteOf(sum);
  }
}

function byteOf(value: number): number {
  return Math.max(0, Math.min(255, Math.floor(value + 0.5)));
}

/** The weights that resize a side from `from` to `to` pixels, for the `crop` pixels in the middle of `to`. */
function mixes(from: number, to: number, crop: number): readonly Mix[] {
  const start = halfToEven((to - crop) / 2);
  const step = from / to;
  const reach = Math.max(1, step);
  return Array.from({ length: crop }, (_, nth) => {
    const centre = (start + nth + 0.5) * step;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const last = Math.min(from, Math.trunc(centre + reach + 0.5));
    const weights = Array.from({ length: last - first }, (_, at) => {
      return Math.max(0, 1 - Math.abs((first + at - centre + 0.5) / reach));
    });
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return { from: first, shares: weights.map((weight) => weight / sum) };
  });
}

/** Rounds half to even, as Python does. */
function halfToEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}

/** The input of an ImageNet net for an image, [crop, crop, 3] flat. */
export function imageNetInput(image: RgbImage, preprocessing: Preprocessing): Float32Array {
  const bytes = centreCrop(image, preprocessing.shorter, preprocessing.crop);
  const values = new Float32Array(bytes.length);
  writeNormalised(bytes, preprocessing, values);
  return values;
}

/** Normalises the bytes of a crop by channel into `values`, which has as many. */
export function writeNormalised(bytes: Uint8Array, { mean, deviation }: Preprocessing, values: Float32Array): void {
  for (let at = 0; at < bytes.length; at++) {
    values[at] = ((bytes[at] ?? 0) / 255 - (mean[at % 3] ?? 0)) / (deviation[at % 3] ?? 1);
  }
}
