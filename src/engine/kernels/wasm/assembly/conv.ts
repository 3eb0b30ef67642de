import { leaky, multiplyAdd, storeFirst, zero } from './simd';

/** Output channels per block: two vector registers of 4 floats. */
const BLOCK = 8;
/** Output pixels per tile. With `BLOCK` channels each, their sums fill the vector registers. */
const TILE = 4;

/**
 * A convolution over one image after another. A slot is an output pixel; the tables say where its pixels are, so that
 * one loop serves every stride, padding and kernel, and the gradient by the input too. Offsets and sizes in bytes.
 */
@unmanaged
export class ConvJob {
  x: usize;
  /** [blocks, taps, inChannels, BLOCK], see `packFilter`. */
  filter: usize;
  y: usize;
  /** [outChannels]; 0 where there is none. */
  bias: usize;
  /** What is added to y times `gain`, of y's shape; 0 where nothing is. */
  addend: usize;
  /** [taps, slots]: the offset of a slot's input pixel under a tap; negative outside of the image. */
  gather: usize;
  /** [slots]: the offset of its output pixel. */
  scatter: usize;
  /** The pixel outside of the image: `inChannels` zeros. */
  outside: usize;
  xImage: usize;
  yImage: usize;
  images: i32;
  slots: i32;
  taps: i32;
  inChannels: i32;
  outChannels: i32;
  /** A unit of work is a band of `bandSlots` slots of one image for a group of blocks of output channels. */
  bandSlots: i32;
  bands: i32;
  groupBlocks: i32;
  groups: i32;
  gain: f32;
  relu: i32;
  /** Slope of the ReLU below zero. */
  slope: f32;
}

/**
 * Computes one unit: some blocks of output channels of one band. A block of the filter stays in the cache meanwhile.
 */
export function convUnit(job: ConvJob, unit: i32): void {
  const part = unit / job.groups;
  const image: usize = part / job.bands;
  const from = (part % job.bands) * job.bandSlots;
  const until = min(from + job.bandSlots, job.slots);
  const x = job.x + image * job.xImage;
  const blockBytes: usize = (job.taps * job.inChannels * BLOCK) << 2;
  const firstBlock = (unit % job.groups) * job.groupBlocks;
  const lastChannel = min((firstBlock + job.groupBlocks) * BLOCK, job.outChannels);
  let filter = job.filter + <usize>firstBlock * blockBytes;
  for (let channel = firstBlock * BLOCK; channel < lastChannel; channel += BLOCK) {
    for (let slot = from; slot < until; slot += TILE) {
      convTile(job, x, filter, image * job.yImage, channel, slot);
    }
    filter += blockBytes;
  }
}

/** Computes one tile of a block. `image` is the address of the image's first pixel in y. */
function convTile(job: ConvJob, x: usize, filter: usize, image: usize, channel: i32, slot: i32): void {
  const xBase = i32x4.splat(<i32>x);
  const outside = i32x4.splat(<i32>job.outside);
  const pixelBytes: usize = job.inChannels << 2;
  const tapBytes = pixelBytes * BLOCK;
  const tableRow: usize = job.slots << 2;
  let gather = job.gather + ((<usize>slot) << 2);
  const channelBytes: usize = channel << 2;
  let low0 = zero();
  let high0 = low0;
  if (job.bias) {
    low0 = v128.load(job.bias + channelBytes);
    high0 = v128.load(job.bias + channelBytes, 16);
  }
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high1 = high0;
  let high2 = high0;
  let high3 = high0;
  for (let tap = job.taps; tap > 0; tap--) {
    const offsets = v128.load(gather);
    gather += tableRow;
    const isOutside = i32x4.shr_s(offsets, 31);
    if (i32x4.all_true(isOutside)) {
      filter += tapBytes;
      continue;
    }
    const pixels = v128.bitselect(outside, i32x4.add(offsets, xBase), isOutside);
    let x0: usize = i32x4.extract_lane(pixels, 0);
    let x1: usize = i32x4.extract_lane(pixels, 1);
    let x2: usize = i32x4.extract_lane(pixels, 2);
    let x3: usize = i32x4.extract_lane(pixels, 3);
    const end = x0 + pixelBytes;
    while (x0 < end) {
      const low = v128.load(filter);
      const high = v128.load(filter, 16);
      let value = v128.load32_splat(x0);
      low0 = multiplyAdd(value, low, low0);
      high0 = multiplyAdd(value, high, high0);
      value = v128.load32_splat(x1);
      low1 = multiplyAdd(value, low, low1);
      high1 = multiplyAdd(value, high, high1);
      value = v128.load32_splat(x2);
      low2 = multiplyAdd(value, low, low2);
      high2 = multiplyAdd(value, high, high2);
      value = v128.load32_splat(x3);
      low3 = multiplyAdd(value, low, low3);
      high3 = multiplyAdd(value, high, high3);
      filter += BLOCK << 2;
      x0 += 4;
      x1 += 4;
      x2 += 4;
      x3 += 4;
    }
  }
  const scatter = job.scatter + ((<usize>slot) << 2);
  const at = image + channelBytes;
  const channelsLeft = job.outChannels - channel;
  finish(job, at + load<u32>(scatter), low0, high0, channelsLeft);
  finish(job, at + load<u32>(scatter, 4), low1, high1, channelsLeft);
  finish(job, at + load<u32>(scatter, 8), low2, high2, channelsLeft);
  finish(job, at + load<u32>(scatter, 12), low3, high3, channelsLeft);
}

/** Adds bias and addend and stores one pixel's block. A block with fewer channels reads past the pixel's end. */
function finish(job: ConvJob, at: usize, low: v128, high: v128, channelsLeft: i32): void {
  if (job.addend) {
    const gain = f32x4.splat(job.gain);
    low = multiplyAdd(gain, v128.load(job.addend + at), low);
    high = multiplyAdd(gain, v128.load(job.addend + at, 16), high);
  }
  if (job.relu) {
    low = job.slope == 0 ? f32x4.pmax(low, zero()) : leaky(low, job.slope);
    high = job.slope == 0 ? f32x4.pmax(high, zero()) : leaky(high, job.slope);
  }
  storeFirst(job.y + at, low, high, channelsLeft);
}

/**
 * Packs a filter [taps, inChannels, outChannels] into the order that `ConvJob` reads. `inStride` and `outStride` are the
 * bytes from one channel to the next, so that the gradient by the input, which exchanges the two, needs no code of its
 * own.
 */
@unmanaged
export class PackFilterJob {
  from: usize;
  to: usize;
  taps: i32;
  inChannels: i32;
  outChannels: i32;
  tapBytes: usize;
  inStride: usize;
  outStride: usize;
}

/** Packs the filter block by block, with the last block zero-padded. */
export function packBlocks(job: PackFilterJob): void {
  const from = job.from;
  let to = job.to;
  const taps = job.taps;
  const inChannels = job.inChannels;
  const outChannels = job.outChannels;
  const tapBytes = job.tapBytes;
  const inStride = job.inStride;
  const outStride = job.outStride;
  for (let first = 0; first < outChannels; first += BLOCK) {
    const count = min(BLOCK, outChannels - first);
    for (let tap: usize = 0; tap < <usize>taps; tap++) {
      let row = from + tap * tapBytes + <usize>first * outStride;
      for (let i = 0; i < inChannels; i++) {
        let cell = row;
        for (let o = 0; o < BLOCK; o++) {
          store<f32>(to, o < count ? load<f32>(cell) : 0);
          cell += outStride;
          to += 4;
        }
        row += inStride;
      }
    }
  }
}
