import type { Lanes } from './wgsl.ts';

/** Threads that a workgroup has at most: what every WebGPU device allows. */
export const THREADS = 256;

/** Dispatches that are encoded before the device is given them, so that it begins while the rest is encoded. */
export const DISPATCHES_PER_SUBMIT = 32;

/** How a workgroup is laid out over channels and pixels. */
export interface Layout {
  readonly lanes: Lanes;
  /** Groups of channels in all, and in one workgroup. */
  readonly groups: number;
  readonly width: number;
  /** Pixels that a workgroup has at a time. */
  readonly rows: number;
  readonly workgroup: number;
  /** Whether the rows of a workgroup add up their sums in memory that they share. */
  readonly together: boolean;
}

/** What depends on the kind of device. */
export interface Tuning {
  layout(groups: number, lanes: Lanes): Layout;
  /** Parts at most that a sum over all pixels is cut into. Who needs the sum adds all of them up. */
  readonly mostParts: number;
  /** Minimum number of pixels of a part, for workgroups of `rows` rows. */
  pixelsPerPart(rows: number): number;
  /** Neighbouring pixels that a thread computes at most: of a convolution, and of the gradient by its input. */
  readonly convPixels: number;
  /** Whether a workgroup reads a filter once for all its threads, into memory that they share. */
  readonly sharesFilters: boolean;
  /** Neighbouring pixels that a thread reads at most for the gradient of a filter. */
  readonly filterGradientPixels: number;
  /** Threads that are enough to fill the device with the gradient of a filter. */
  readonly filterGradientThreads: number;
}

/** A GPU wants large workgroups and many of them, and its workgroups share fast memory. */
export const HARDWARE: Tuning = {
  layout: (groups, lanes) => layout(groups, lanes, THREADS / 4, THREADS, true),
  mostParts: 256,
  pixelsPerPart: (rows) => 4 * rows,
  convPixels: 4,
  sharesFilters: true,
  filterGradientPixels: 4,
  filterGradientThreads: 2 ** 16,
};

/**
 * An adapter in software computes workgroups one after the other on each core. A barrier costs it more than the sums
 * that it would spare, in time and in compilation.
 */
export const SOFTWARE: Tuning = {
  layout: (groups, lanes) => layout(groups, lanes, 8, 8, false),
  mostParts: 32,
  pixelsPerPart: () => 128,
  convPixels: 8,
  sharesFilters: false,
  filterGradientPixels: 2,
  filterGradientThreads: 2 ** 12,
};

function layout(groups: number, lanes: Lanes, widest: number, threads: number, together: boolean): Layout {
  const width = largestDivisor(groups, widest);
  const rows = Math.max(1, Math.floor(threads / width));
  return { lanes, groups, width, rows, workgroup: width * rows, together };
}

function largestDivisor(value: number, most: number): number {
  for (let divisor = Math.min(value, most); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}
