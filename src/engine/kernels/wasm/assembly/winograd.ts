import { multiplyAdd, zero } from './simd';

/** Output channels per block: two vector registers of 4 floats. */
export const BLOCK = 8;
/** Tiles that are multiplied at once. With `BLOCK` channels each, their sums fill the vector registers. */
const QUAD = 4;
/** Numbers of a transformed tile: 4 × 4. */
export const POINTS = 16;

/**
 * A 3×3 convolution of stride 1 by Winograd's minimal filtering F(2×2, 3×3): an output tile of 2×2 pixels takes 16
 * multiplications by channel instead of 36 (Lavin and Gray, https://arxiv.org/abs/1509.09308). Offsets and sizes in bytes.
 */
@unmanaged
export class WinogradJob {
  x: usize;
  /** [POINTS, blocks, inChannels, BLOCK], see `transformFilter`. Numbers of channels are multiples of 4. */
  filter: usize;
  y: usize;
  /** What is added to y times `gain`, of y's shape; 0 where nothing is. */
  addend: usize;
  /** [tiles, POINTS]: the offsets of the 4 × 4 pixels that a tile reads; negative outside of the image. */
  gather: usize;
  /** [tiles, 4]: the offsets of the 2 × 2 pixels that it computes; negative outside. */
  scatter: usize;
  /** The pixel outside of the image: `inChannels` zeros. */
  outside: usize;
  /** [units, unitBytes]: a workspace for each unit. */
  workspace: usize;
  unitBytes: usize;
  xImage: usize;
  yImage: usize;
  images: i32;
  /** Number of tiles of an image. */
  tiles: i32;
  inChannels: i32;
  outChannels: i32;
  /** A unit of work is `unitTiles` tiles of the batch, which it computes `groupTiles` at a time, a multiple of `QUAD`. */
  unitTiles: i32;
  groupTiles: i32;
  /** Factor of what is added. */
  gain: f32;
}

/** Number of units of a job. */
export function winogradUnits(job: WinogradJob): i32 {
  return (job.images * job.tiles + job.unitTiles - 1) / job.unitTiles;
}

/** Number of output channels with those that fill up the last block. */
function paddedOut(job: WinogradJob): i32 {
  return (job.outChannels + BLOCK - 1) & ~(BLOCK - 1);
}

/** Bytes from one point to the next in a unit's workspace; the padding keeps them out of one another's cache sets. */
function pointBytes(job: WinogradJob, channels: i32): usize {
  return ((<usize>(job.groupTiles * channels)) << 2) + 64;
}

/** Computes one unit. */
export function winogradUnit(job: WinogradJob, unit: i32): void {
  const addresses = job.workspace + <usize>unit * job.unitBytes;
  const inputs = addresses + 64;
  const products = inputs + pointBytes(job, job.inChannels) * POINTS;
  const until = min((unit + 1) * job.unitTiles, job.images * job.tiles);
  for (let first = unit * job.unitTiles; first < until; first += job.groupTiles) {
    const count = min(job.groupTiles, until - first);
    transformInputs(job, first, count, addresses, inputs);
    multiply(job, count, inputs, products);
    transformOutputs(job, first, count, products);
  }
}

/** Transforms the 4 × 4 input pixels d of each tile: Bᵀ d B. */
function transformInputs(job: WinogradJob, first: i32, count: i32, addresses: usize, inputs: usize): void {
  const step = pointBytes(job, job.inChannels);
  const bytes: usize = job.inChannels << 2;
  const outside = i32x4.splat(<i32>job.outside);
  for (let nth = 0; nth < count; nth++) {
    const tile = first + nth;
    const x = i32x4.splat(<i32>(job.x + <usize>(tile / job.tiles) * job.xImage));
    const gather = job.gather + ((<usize>(tile % job.tiles)) << 6);
    for (let at: usize = 0; at < 64; at += 16) {
      const offsets = v128.load(gather + at);
      v128.store(addresses + at, v128.bitselect(outside, i32x4.add(offsets, x), i32x4.shr_s(offsets, 31)));
    }
    const to = inputs + <usize>nth * bytes;
    for (let c: usize = 0; c < bytes; c += 16) {
      transformTile(addresses, c, to + c, step);
    }
  }
}

function pixel(addresses: usize, nth: usize, channel: usize): v128 {
  return v128.load(<usize>load<u32>(addresses + (nth << 2)) + channel);
}

/** Four channels of a tile. */
function transformTile(addresses: usize, c: usize, to: usize, step: usize): void {
  // The columns of Bᵀ d.
  let a = pixel(addresses, 0, c);
  let b = pixel(addresses, 4, c);
  let d = pixel(addresses, 8, c);
  let e = pixel(addresses, 12, c);
  const r00 = f32x4.sub(a, d);
  const r10 = f32x4.add(b, d);
  const r20 = f32x4.sub(d, b);
  const r30 = f32x4.sub(b, e);
  a = pixel(addresses, 2, c);
  b = pixel(addresses, 6, c);
  d = pixel(addresses, 10, c);
  e = pixel(addresses, 14, c);
  const r02 = f32x4.sub(a, d);
  const r12 = f32x4.add(b, d);
  const r22 = f32x4.sub(d, b);
  const r32 = f32x4.sub(b, e);
  v128.store(to, f32x4.sub(r00, r02));
  v128.store(to + step * 4, f32x4.sub(r10, r12));
  v128.store(to + step * 8, f32x4.sub(r20, r22));
  v128.store(to + step * 12, f32x4.sub(r30, r32));
  a = pixel(addresses, 1, c);
  b = pixel(addresses, 5, c);
  d = pixel(addresses, 9, c);
  e = pixel(addresses, 13, c);
  const r01 = f32x4.sub(a, d);
  const r11 = f32x4.add(b, d);
  const r21 = f32x4.sub(d, b);
  const r31 = f32x4.sub(b, e);
  to += step;
  v128.store(to, f32x4.add(r01, r02));
  v128.store(to + step * 4, f32x4.add(r11, r12));
  v128.store(to + step * 8, f32x4.add(r21, r22));
  v128.store(to + step * 12, f32x4.add(r31, r32));
  to += step;
  v128.store(to, f32x4.sub(r02, r01));
  v128.store(to + step * 4, f32x4.sub(r12, r11));
  v128.store(to + step * 8, f32x4.sub(r22, r21));
  v128.store(to + step * 12, f32x4.sub(r32, r31));
  a = pixel(addresses, 3, c);
  b = pixel(addresses, 7, c);
  d = pixel(addresses, 11, c);
  e = pixel(addresses, 15, c);
  to += step;
  v128.store(to, f32x4.sub(r01, f32x4.sub(a, d)));
  v128.store(to + step * 4, f32x4.sub(r11, f32x4.add(b, d)));
  v128.store(to + step * 8, f32x4.sub(r21, f32x4.sub(d, b)));
  v128.store(to + step * 12, f32x4.sub(r31, f32x4.sub(b, e)));
}

/** Multiplies tiles by the filter, point by point. */
function multiply(job: WinogradJob, count: i32, inputs: usize, products: usize): void {
  const inStep = pointBytes(job, job.inChannels);
  const outStep = pointBytes(job, paddedOut(job));
  const inBytes: usize = job.inChannels << 2;
  const outBytes: usize = paddedOut(job) << 2;
  const blockBytes = inBytes * BLOCK;
  let filter = job.filter;
  for (let point = 0; point < POINTS; point++) {
    for (let block: usize = 0; block < outBytes; block += BLOCK << 2) {
      let x = inputs;
      let y = products + block;
      for (let tile = 0; tile < count; tile += QUAD) {
        multiplyQuad(filter, x, inBytes, y, outBytes);
        x += inBytes * QUAD;
        y += outBytes * QUAD;
      }
      filter += blockBytes;
    }
    inputs += inStep;
    products += outStep;
  }
}

function multiplyQuad(filter: usize, x0: usize, inBytes: usize, y: usize, outBytes: usize): void {
  let low0 = zero();
  let high0 = low0;
  let low1 = low0;
  let low2 = low0;
  let low3 = low0;
  let high1 = low0;
  let high2 = low0;
  let high3 = low0;
  let x1 = x0 + inBytes;
  let x2 = x1 + inBytes;
  let x3 = x2 + inBytes;
  const end = x1;
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
  v128.store(y, low0);
  v128.store(y, high0, 16);
  y += outBytes;
  v128.store(y, low1);
  v128.store(y, high1, 16);
  y += outBytes;
  v128.store(y, low2);
  v128.store(y, high2, 16);
  y += outBytes;
  v128.store(y, low3);
  v128.store(y, high3, 16);
}

/** Transforms the products m of each tile into its 2 × 2 output pixels: Aᵀ m A. */
function transformOutputs(job: WinogradJob, first: i32, count: i32, products: usize): void {
  const row: usize = paddedOut(job) << 2;
  const step = pointBytes(job, paddedOut(job));
  const bytes: usize = job.outChannels << 2;
  for (let nth = 0; nth < count; nth++) {
    const tile = first + nth;
    const image = <usize>(tile / job.tiles) * job.yImage;
    const offsets = job.scatter + ((<usize>(tile % job.tiles)) << 4);
    const at0 = load<i32>(offsets);
    const at1 = load<i32>(offsets, 4);
    const at2 = load<i32>(offsets, 8);
    const at3 = load<i32>(offsets, 12);
    const from = products + <usize>nth * row;
    for (let c: usize = 0; c < bytes; c += 16) {
      // The rows of m A, then the columns.
      let at = from + c;
      let a = v128.load(at);
      let b = v128.load(at + step);
      let d = v128.load(at + step * 2);
      let e = v128.load(at + step * 3);
      let left0 = f32x4.add(f32x4.add(a, b), d);
      let right0 = f32x4.sub(f32x4.sub(b, d), e);
      at += step * 4;
      a = v128.load(at);
      b = v128.load(at + step);
      d = v128.load(at + step * 2);
      e = v128.load(at + step * 3);
      const left1 = f32x4.add(f32x4.add(a, b), d);
      const right1 = f32x4.sub(f32x4.sub(b, d), e);
      at += step * 4;
      a = v128.load(at);
      b = v128.load(at + step);
      d = v128.load(at + step * 2);
      e = v128.load(at + step * 3);
      const left2 = f32x4.add(f32x4.add(a, b), d);
      const right2 = f32x4.sub(f32x4.sub(b, d), e);
      at += step * 4;
      a = v128.load(at);
      b = v128.load(at + step);
      d = v128.load(at + step * 2);
      e = v128.load(at + step * 3);
      const left3 = f32x4.add(f32x4.add(a, b), d);
      const right3 = f32x4.sub(f32x4.sub(b, d), e);
      const to = image + c;
      finish(job, to, at0, f32x4.add(f32x4.add(left0, left1), left2));
      finish(job, to, at1, f32x4.add(f32x4.add(right0, right1), right2));
      finish(job, to, at2, f32x4.sub(f32x4.sub(left1, left2), left3));
      finish(job, to, at3, f32x4.sub(f32x4.sub(right1, right2), right3));
    }
  }
}

function finish(job: WinogradJob, at: usize, offset: i32, value: v128): void {
  if (offset < 0) return;
  at += <usize>offset;
  if (job.addend) value = multiplyAdd(f32x4.splat(job.gain), v128.load(job.addend + at), value);
  v128.store(job.y + at, value);
}
