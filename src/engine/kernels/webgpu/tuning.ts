import type { VectorLanes } from './wgsl.ts';

/** Maximum threads per workgroup that every WebGPU device allows. */
export const THREADS = 256;

/** Dispatches per submit, so that the device starts while the rest is encoded. */
export const DISPATCHES_PER_SUBMIT = 32;

/** Layout of a workgroup over channels and pixels. */
export interface WorkgroupLayout {
  readonly lanes: VectorLanes;
  /** Number of channel groups in total; `width` is the number in one workgroup. */
  readonly groups: number;
  readonly width: number;
  /** Pixels that a workgroup processes at a time. */
  readonly rows: number;
  readonly workgroup: number;
  /** Whether the rows of a workgroup are reduced in workgroup memory. */
  readonly workgroupReduces: boolean;
}

/** Parameters that depend on the kind of adapter. */
export interface Tuning {
  layout(groups: number, lanes: VectorLanes): WorkgroupLayout;
  /** Maximum number of partial sums of a sum over all pixels. Each reader of the sum adds all of them. */
  readonly mostParts: number;
  /** Minimum number of pixels of a part, for workgroups of `rows` rows. */
  pixelsPerPart(rows: number): number;
  /** Maximum neighbouring pixels per thread, in a convolution and in its input gradient. */
  readonly convPixels: number;
  /** Whether a workgroup reads a filter once into workgroup memory for all its threads. */
  readonly sharesFilters: boolean;
  /** Maximum neighbouring pixels that a thread reads at once for a filter gradient. */
  readonly filterGradientPixels: number;
  /** Number of threads with which a filter gradient fills the device. */
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

function layout(
  groups: number,
  lanes: VectorLanes,
  widest: number,
  threads: number,
  workgroupReduces: boolean,
): WorkgroupLayout {
  const width = largestDivisor(groups, widest);
  const rows = Math.max(1, Math.floor(threads / width));
  return { lanes, groups, width, rows, workgroup: width * rows, workgroupReduces };
}

function largestDivisor(value: number, most: number): number {
  for (let divisor = Math.min(value, most); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}
