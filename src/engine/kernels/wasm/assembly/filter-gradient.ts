import { multiplyAdd, storeFirst, zero } from './simd';

/** Output channels that are summed at once; with `ROWS` input channels, eight vector registers of 4 floats. */
const BLOCK = 8;
const ROWS = 4;

/**
 * The gradient of a convolution by its filter. For every tap a list says which pixel of x meets which pixel of dy. The
 * batch is summed in chunks, whose number depends on shapes alone, so that the result does not depend on who computed
 * what. Offsets and sizes in bytes.
 */
@unmanaged
export class FilterGradientJob {
  x: usize;
  dy: usize;
  /** [chunks, taps, inChannels, outChannels] */
  parts: usize;
  /** [taps, inChannels, outChannels]: the sum of the chunks. */
  result: usize;
  /** Pairs of offsets (x, dy), the lists of all taps one after another. */
  pairs: usize;
  /** [taps + 1]: where in `pairs` a tap's list starts, in bytes. */
  starts: usize;
  xImage: usize;
  dyImage: usize;
  images: i32;
  chunks: i32;
  taps: i32;
  inChannels: i32;
  outChannels: i32;
}

/** Computes one unit: the gradient of one tap, summed over the images of one chunk. */
export function filterGradientUnit(job: FilterGradientJob, unit: i32): void {
  const chunk = unit / job.taps;
  const tap = unit % job.taps;
  const start = job.starts + ((<usize>tap) << 2);
  const list = job.pairs + load<u32>(start);
  const end = job.pairs + load<u32>(start, 4);
  const result = job.parts + ((<usize>(unit * job.inChannels * job.outChannels)) << 2);
  memory.fill(result, 0, (<usize>(job.inChannels * job.outChannels)) << 2);
  const until = ((chunk + 1) * job.images) / job.chunks;
  for (let image: usize = (chunk * job.images) / job.chunks; image < <usize>until; image++) {
    const x = job.x + image * job.xImage;
    const dy = job.dy + image * job.dyImage;
    for (let i = 0; i < job.inChannels; i += ROWS) {
      for (let o = 0; o < job.outChannels; o += BLOCK) addBlock(job, result, x, dy, list, end, i, o);
    }
  }
}

/**
 * Adds `ROWS` input channels by `BLOCK` output channels, summed over a list of pixels, to the result. Where there are
 * fewer channels it reads on into the next pixel and drops what comes of that.
 */
function addBlock(
  job: FilterGradientJob,
  to: usize,
  x: usize,
  dy: usize,
  list: usize,
  end: usize,
  i: i32,
  o: i32,
): void {
  x += (<usize>i) << 2;
  dy += (<usize>o) << 2;
  let low0 = zero();
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high0 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  for (; list < end; list += 8) {
    const input = x + load<u32>(list);
    const slope = dy + load<u32>(list, 4);
    const low = v128.load(slope);
    const high = v128.load(slope, 16);
    let value = v128.load32_splat(input);
    low0 = multiplyAdd(value, low, low0);
    high0 = multiplyAdd(value, high, high0);
    value = v128.load32_splat(input, 4);
    low1 = multiplyAdd(value, low, low1);
    high1 = multiplyAdd(value, high, high1);
    value = v128.load32_splat(input, 8);
    low2 = multiplyAdd(value, low, low2);
    high2 = multiplyAdd(value, high, high2);
    value = v128.load32_splat(input, 12);
    low3 = multiplyAdd(value, low, low3);
    high3 = multiplyAdd(value, high, high3);
  }
  const rows = job.inChannels - i;
  const columns = job.outChannels - o;
  const row: usize = job.outChannels << 2;
  to += <usize>i * row + ((<usize>o) << 2);
  addFirst(to, low0, high0, columns);
  if (rows > 1) addFirst(to + row, low1, high1, columns);
  if (rows > 2) addFirst(to + row * 2, low2, high2, columns);
  if (rows > 3) addFirst(to + row * 3, low3, high3, columns);
}

function addFirst(to: usize, low: v128, high: v128, count: i32): void {
  storeFirst(to, f32x4.add(v128.load(to), low), f32x4.add(v128.load(to, 16), high), count);
}

/** result[size] = the sum of `count` consecutive arrays of `size` floats at `parts`. */
export function sumParts(parts: usize, count: i32, size: i32, result: usize): void {
  const bytes: usize = size << 2;
  memory.copy(result, parts, bytes);
  for (let part = 1; part < count; part++) {
    let from = parts + <usize>part * bytes;
    let to = result;
    const end = result + bytes;
    for (; to + 16 <= end; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + load<f32>(from));
  }
}
