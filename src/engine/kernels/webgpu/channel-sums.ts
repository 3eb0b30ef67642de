import { pixelsOf } from './conv-geometry.ts';
import { MOST_PARTS, PIXELS_PER_THREAD, THREADS } from './tuning.ts';
import { type Lanes, lanesOf, repeat, vector } from './wgsl.ts';

/**
 * How pixels and channels are given to threads. A workgroup has `width` neighbouring groups of channels (each `lanes`
 * channels) times `rows` pixels, so that neighbours read neighbours; it works through the `perPart` items (pixels, or
 * rows of pixels) of its part. The grid is [parts, chunks of channels].
 */
export interface Partition {
  readonly lanes: Lanes;
  /** Groups of channels in all, and in one workgroup. */
  readonly groups: number;
  readonly width: number;
  readonly rows: number;
  readonly workgroup: number;
  readonly items: number;
  readonly perPart: number;
  readonly parts: number;
  readonly grid: readonly [number, number, number];
}

export function partition(channels: number, items: number, itemsPerThread = 1): Partition {
  const lanes = lanesOf(channels);
  const groups = channels / lanes;
  const width = largestDivisor(groups, THREADS / 4);
  const rows = Math.max(1, Math.floor(THREADS / width));
  const perPart = Math.max(rows * itemsPerThread, rows * Math.ceil(items / (MOST_PARTS * rows)));
  const parts = Math.ceil(items / perPart);
  return {
    lanes,
    groups,
    width,
    rows,
    workgroup: width * rows,
    items,
    perPart,
    parts,
    grid: [parts, groups / width, 1],
  };
}

/** The partition of an element-wise pass over [N, H, W, C]. */
export function pixelPartition(shape: readonly number[]): Partition {
  return partition(shape[3] ?? 1, pixelsOf(shape), PIXELS_PER_THREAD);
}

function largestDivisor(value: number, most: number): number {
  for (let divisor = Math.min(value, most); divisor > 1; divisor--) if (value % divisor === 0) return divisor;
  return 1;
}

/** WGSL that knows the thread's group of channels `c`, its number in the workgroup `slot`, and its `row`. */
export function placeInPartition({ width }: Partition): string {
  return `let slot = thread % ${width};
  let c = group.y * ${width} + slot;
  let row = thread / ${width};`;
}

/** A WGSL loop over the items of the thread, numbered `item`. */
export function eachItem({ rows, items, perPart }: Partition, body: string): string {
  return `let end = min(${items}, (group.x + 1) * ${perPart});
  for (var item = group.x * ${perPart} + row; item < end; item += ${rows}) {
  ${body}
  }`;
}

/** What the workgroup shares to add up `names` over its rows. */
export function sharedArrays({ lanes, workgroup }: Partition, names: readonly string[]): string {
  return names.map((name) => `var<workgroup> ${name} : array<${vector(lanes)}, ${workgroup}>;`).join('\n');
}

/** WGSL that adds up shared arrays over the rows of the workgroup: the sums are then in those of row 0. */
export function addRows({ width, rows }: Partition, names: readonly string[]): string {
  const half = 2 ** (Math.ceil(Math.log2(rows)) - 1);
  const add = names.map((name) => `${name}[thread] += ${name}[thread + far * ${width}];`).join(' ');
  return `for (var far = ${Math.max(0, Math.floor(half))}; far > 0; far /= 2) {
    workgroupBarrier();
    if (row < far && row + far < ${rows}) { ${add} }
  }
  workgroupBarrier();`;
}

/** WGSL that stores channels one by one, at `index` of an array of f32. */
export function storeChannels(array: string, index: string, value: string, lanes: Lanes): string {
  return lanes === 1
    ? `${array}[${index}] = ${value};`
    : repeat(lanes, (nth) => `${array}[${index} + ${nth}] = ${value}[${nth}];`);
}
