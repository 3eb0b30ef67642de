import { leaky, multiplyAdd, storeFirst, zero } from './simd';

/** relu?(factor * x + gain * shortcut) of `size` numbers. A unit of work is `unitSize` of them, a multiple of four. */
@unmanaged
export class ScaledSumJob {
  x: usize;
  y: usize;
  /** 0 if there is none. */
  shortcut: usize;
  size: i32;
  unitSize: i32;
  factor: f32;
  gain: f32;
  relu: i32;
  /** Slope of the ReLU below zero. */
  slope: f32;
}

/** Its gradients; a result whose address is 0 is not stored. */
@unmanaged
export class ScaledSumGradientJob {
  dy: usize;
  /** The output, for the mask of the ReLU; 0 if there is none. */
  y: usize;
  /** The input, for the gradient of the factor; 0 if that is not wanted. */
  x: usize;
  dx: usize;
  dShortcut: usize;
  /** [units]: partial sums of the factor's gradient. */
  parts: usize;
  /** [1] */
  dFactor: usize;
  size: i32;
  unitSize: i32;
  factor: f32;
  gain: f32;
  slope: f32;
}

/** Number of units of a job. */
export function scaledSumUnits(size: i32, unitSize: i32): i32 {
  return (size + unitSize - 1) / unitSize;
}

/** Computes one unit. A factor of 0 keeps nothing, not even NaN. */
export function scaledSumUnit(job: ScaledSumJob, unit: i32): void {
  const first = unit * job.unitSize;
  let at: usize = (<usize>first) << 2;
  const factor = f32x4.splat(job.factor);
  const gain = f32x4.splat(job.gain);
  const floor = f32x4.splat(job.relu ? 0 : -Infinity);
  for (let left = min(job.unitSize, job.size - first); left > 0; left -= 4, at += 16) {
    let value = job.factor == 0 ? zero() : f32x4.mul(factor, v128.load(job.x + at));
    if (job.shortcut) value = multiplyAdd(gain, v128.load(job.shortcut + at), value);
    value = job.slope == 0 ? f32x4.pmax(value, floor) : leaky(value, job.slope);
    if (left >= 4) v128.store(job.y + at, value);
    else storeFirst(job.y + at, value, value, left);
  }
}

/** The gradient behind the sum: dy where y is above 0, else dy times the slope. */
function throughRelu(job: ScaledSumGradientJob, at: usize): v128 {
  const dy = v128.load(job.dy + at);
  if (!job.y) return dy;
  const above = f32x4.gt(v128.load(job.y + at), zero());
  return v128.bitselect(dy, job.slope == 0 ? zero() : f32x4.mul(dy, f32x4.splat(job.slope)), above);
}

/** Computes the gradients of one unit. */
export function scaledSumGradientUnit(job: ScaledSumGradientJob, unit: i32): void {
  const first = unit * job.unitSize;
  let at: usize = (<usize>first) << 2;
  const factor = f32x4.splat(job.factor);
  const gain = f32x4.splat(job.gain);
  let products = zero();
  for (let left = min(job.unitSize, job.size - first); left > 0; left -= 4, at += 16) {
    const dz = throughRelu(job, at);
    if (job.dx) storeFirst(job.dx + at, job.factor == 0 ? zero() : f32x4.mul(factor, dz), dz, min(left, 4));
    if (job.dShortcut) storeFirst(job.dShortcut + at, f32x4.mul(gain, dz), dz, min(left, 4));
    if (job.x) {
      const product = f32x4.mul(dz, v128.load(job.x + at));
      products = f32x4.add(products, left >= 4 ? product : firstOf(product, left));
    }
  }
  if (!job.x) return;
  const sum =
    f32x4.extract_lane(products, 0) +
    f32x4.extract_lane(products, 1) +
    f32x4.extract_lane(products, 2) +
    f32x4.extract_lane(products, 3);
  store<f32>(job.parts + ((<usize>unit) << 2), sum);
}

/** The first `count` of four numbers, 1 to 3, and zeros. */
function firstOf(value: v128, count: i32): v128 {
  let first = f32x4.replace_lane(value, 3, 0);
  if (count < 3) first = f32x4.replace_lane(first, 2, 0);
  return count < 2 ? f32x4.replace_lane(first, 1, 0) : first;
}

/** Adds up the factor's gradient. */
export function finishFactor(job: ScaledSumGradientJob): void {
  if (!job.x) return;
  let sum: f64 = 0;
  for (let unit = 0; unit < scaledSumUnits(job.size, job.unitSize); unit++) {
    sum += <f64>load<f32>(job.parts + ((<usize>unit) << 2));
  }
  store<f32>(job.dFactor, <f32>sum);
}
