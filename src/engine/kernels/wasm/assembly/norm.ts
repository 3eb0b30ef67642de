import { leaky, multiplyAdd, storeFirst, zero } from './simd';

/**
 * Batch normalisation over x [rows, channels], a row being a pixel. A unit of work is `unitRows` rows, in which four
 * channels at a time are taken through all rows; twice four where there are as many, which reads a cache line once less.
 * Where the channels are no multiple of four the last group reads on into the next row, and what comes of that is dropped.
 */
@unmanaged
export class NormJob {
  x: usize;
  y: usize;
  /** [2, channels]: mean and variance. */
  statistics: usize;
  /** [units, 2, padded channels]: partial sums of each unit. */
  parts: usize;
  /** [3, padded channels]: coefficients of each channel, see `prepareFactors` and `finishSlopes`. */
  factors: usize;
  /** [channels] */
  scale: usize;
  /** Bytes from a unit's statistics and factors to the next one's; 0 where all units share them. */
  statisticsStride: usize;
  factorsStride: usize;
  rows: i32;
  unitRows: i32;
  channels: i32;
  /** Groups of channels that each unit, an image, normalises by itself; 0 for batch normalisation. */
  groups: i32;
  /** Factor of the shortcut. */
  gain: f32;
  relu: i32;
  /** Slope of the ReLU below zero. */
  slope: f32;
  epsilon: f32;
}

/** Where `parts` is 0 the statistics are given, else they are measured. */
@unmanaged
export class NormForwardJob extends NormJob {
  /** The shortcut that is added after the normalisation; 0 if there is none. */
  shortcut: usize;
  /** [channels] */
  shift: usize;
}

/** The gradients of a normalisation; `statistics` are those of its forward pass. */
@unmanaged
export class NormBackwardJob extends NormJob {
  dy: usize;
  dx: usize;
  /** The shortcut's gradient; 0 if there is none. */
  dShortcut: usize;
  /** [channels] */
  dScale: usize;
  dShift: usize;
  /** What is added to dx times `addendGain`; 0 if nothing is. */
  addend: usize;
  addendGain: f32;
}

/** Number of channels in `parts` and `factors`: rounded up to a multiple of 4. */
export function padded(channels: i32): i32 {
  return (channels + 3) & ~3;
}

/** Number of units of a job. */
export function unitsOf(job: NormJob): i32 {
  return (job.rows + job.unitRows - 1) / job.unitRows;
}

function rowsOf(job: NormJob, unit: i32): usize {
  return min(job.unitRows, job.rows - unit * job.unitRows);
}

/** Byte offset of a unit's first row in a tensor. */
function startOf(job: NormJob, unit: i32): usize {
  return (<usize>(unit * job.unitRows * job.channels)) << 2;
}

/** Sums of x - origin and of its square: without the origin, the first row, a large mean would cancel the variance. */
export function momentsUnit(job: NormJob, unit: i32): void {
  const row: usize = job.channels << 2;
  const width: usize = padded(job.channels) << 2;
  let to = job.parts + <usize>unit * width * 2;
  for (let c: usize = 0; c < row; c += 16, to += 16) {
    const origin = v128.load(job.x + c);
    let x = job.x + startOf(job, unit) + c;
    let sum0 = zero();
    let sum1 = sum0;
    let squares0 = sum0;
    let squares1 = sum0;
    let left = rowsOf(job, unit);
    for (; left >= 2; left -= 2) {
      const first = f32x4.sub(v128.load(x), origin);
      const second = f32x4.sub(v128.load(x + row), origin);
      sum0 = f32x4.add(sum0, first);
      sum1 = f32x4.add(sum1, second);
      squares0 = multiplyAdd(first, first, squares0);
      squares1 = multiplyAdd(second, second, squares1);
      x += row << 1;
    }
    if (left > 0) {
      const last = f32x4.sub(v128.load(x), origin);
      sum0 = f32x4.add(sum0, last);
      squares0 = multiplyAdd(last, last, squares0);
    }
    v128.store(to, f32x4.add(sum0, sum1));
    v128.store(to + width, f32x4.add(squares0, squares1));
  }
}

/** The sum of a column of `parts`, the units one after another. */
function total(job: NormJob, row: i32, channel: i32): f64 {
  const width: usize = padded(job.channels) << 2;
  let part = job.parts + <usize>row * width + ((<usize>channel) << 2);
  let sum: f64 = 0;
  for (let unit = unitsOf(job); unit > 0; unit--) {
    sum += <f64>load<f32>(part);
    part += width * 2;
  }
  return sum;
}

/** Computes mean and biased variance from the sums of `momentsUnit`. */
export function finishMoments(job: NormJob): void {
  const rows = <f64>job.rows;
  for (let c = 0; c < job.channels; c++) {
    const at: usize = c << 2;
    const mean = total(job, 0, c) / rows;
    const variance = total(job, 1, c) / rows - mean * mean;
    store<f32>(job.statistics + at, <f32>(mean + <f64>load<f32>(job.x + at)));
    store<f32>(job.statistics + at + ((<usize>job.channels) << 2), <f32>max(0.0, variance));
  }
}

/** Computes the coefficients of `normaliseUnit`: y = x * factors[0] + factors[1]. */
export function prepareFactors(job: NormForwardJob): void {
  const width: usize = padded(job.channels) << 2;
  for (let c = 0; c < job.channels; c++) {
    const at: usize = c << 2;
    const mean = load<f32>(job.statistics + at);
    const variance = load<f32>(job.statistics + at + ((<usize>job.channels) << 2));
    const factor = load<f32>(job.scale + at) / sqrt<f32>(variance + job.epsilon);
    store<f32>(job.factors + at, factor);
    store<f32>(job.factors + at + width, load<f32>(job.shift + at) - mean * factor);
  }
}

/** The ReLU with a slope, or one that cuts at `floor`, which is minus infinity where there is none. */
function rectified(job: NormForwardJob, value: v128, floor: v128): v128 {
  return job.slope == 0 ? f32x4.pmax(value, floor) : leaky(value, job.slope);
}

/** y = relu?(x * factor + offset + gain * shortcut). */
export function normaliseUnit(job: NormForwardJob, unit: i32): void {
  const row: usize = job.channels << 2;
  const width: usize = padded(job.channels) << 2;
  const factors = job.factors + <usize>unit * job.factorsStride;
  const start = startOf(job, unit);
  const floor = f32x4.splat(job.relu ? 0 : -Infinity);
  const gain = f32x4.splat(job.gain);
  let c: usize = 0;
  for (; c + 32 <= row; c += 32) {
    const factor0 = v128.load(factors + c);
    const factor1 = v128.load(factors + c, 16);
    const offset0 = v128.load(factors + width + c);
    const offset1 = v128.load(factors + width + c, 16);
    let at = start + c;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      let value0 = multiplyAdd(v128.load(job.x + at), factor0, offset0);
      let value1 = multiplyAdd(v128.load(job.x + at, 16), factor1, offset1);
      if (job.shortcut) {
        value0 = multiplyAdd(gain, v128.load(job.shortcut + at), value0);
        value1 = multiplyAdd(gain, v128.load(job.shortcut + at, 16), value1);
      }
      v128.store(job.y + at, rectified(job, value0, floor));
      v128.store(job.y + at, rectified(job, value1, floor), 16);
      at += row;
    }
  }
  for (; c < row; c += 16) {
    const factor = v128.load(factors + c);
    const offset = v128.load(factors + width + c);
    const count = <i32>((row - c) >> 2);
    let at = start + c;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      let value = multiplyAdd(v128.load(job.x + at), factor, offset);
      if (job.shortcut) value = multiplyAdd(gain, v128.load(job.shortcut + at), value);
      value = rectified(job, value, floor);
      if (count >= 4) v128.store(job.y + at, value);
      else storeFirst(job.y + at, value, value, count);
      at += row;
    }
  }
}

/** dz, the gradient with respect to the ReLU's input: dy where y is above 0, else dy times the slope. */
function beforeRelu(job: NormBackwardJob, at: usize): v128 {
  const dy = v128.load(job.dy + at);
  if (!job.relu) return dy;
  const above = f32x4.gt(v128.load(job.y + at), zero());
  if (job.slope == 0) return v128.and(dy, above);
  return v128.bitselect(dy, f32x4.mul(dy, f32x4.splat(job.slope)), above);
}

/** Sums of dz and of dz * (x - mean), dz being the gradient before the ReLU. */
export function slopesUnit(job: NormBackwardJob, unit: i32): void {
  const row: usize = job.channels << 2;
  const width: usize = padded(job.channels) << 2;
  const statistics = job.statistics + <usize>unit * job.statisticsStride;
  let to = job.parts + <usize>unit * width * 2;
  let c: usize = 0;
  for (; c + 32 <= row; c += 32, to += 32) {
    const mean0 = v128.load(statistics + c);
    const mean1 = v128.load(statistics + c, 16);
    let at = startOf(job, unit) + c;
    let sum0 = zero();
    let sum1 = sum0;
    let product0 = sum0;
    let product1 = sum0;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      const dz0 = beforeRelu(job, at);
      const dz1 = beforeRelu(job, at + 16);
      sum0 = f32x4.add(sum0, dz0);
      sum1 = f32x4.add(sum1, dz1);
      product0 = multiplyAdd(dz0, f32x4.sub(v128.load(job.x + at), mean0), product0);
      product1 = multiplyAdd(dz1, f32x4.sub(v128.load(job.x + at, 16), mean1), product1);
      at += row;
    }
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to + width, product0);
    v128.store(to + width, product1, 16);
  }
  for (; c < row; c += 16, to += 16) {
    const mean = v128.load(statistics + c);
    let at = startOf(job, unit) + c;
    let sum = zero();
    let product = sum;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      const dz = beforeRelu(job, at);
      sum = f32x4.add(sum, dz);
      product = multiplyAdd(dz, f32x4.sub(v128.load(job.x + at), mean), product);
      at += row;
    }
    v128.store(to, sum);
    v128.store(to + width, product);
  }
}

/**
 * Computes dScale, dShift and the coefficients of `gradientUnit` from the sums of `slopesUnit`. dx = factor * (dz -
 * mean(dz) - xHat * mean(dz * xHat)), collected as dz * factors[0] + x * factors[1] + factors[2].
 */
export function finishSlopes(job: NormBackwardJob): void {
  const width: usize = padded(job.channels) << 2;
  for (let c = 0; c < job.channels; c++) {
    const at: usize = c << 2;
    const sum = total(job, 0, c);
    const product = total(job, 1, c);
    const mean = <f64>load<f32>(job.statistics + at);
    const variance = <f64>load<f32>(job.statistics + at + ((<usize>job.channels) << 2));
    const inverse = 1 / sqrt<f64>(variance + <f64>job.epsilon);
    store<f32>(job.dScale + at, <f32>(product * inverse));
    store<f32>(job.dShift + at, <f32>sum);
    const factor = <f64>load<f32>(job.scale + at) * inverse;
    const slope = (-factor * product * inverse * inverse) / <f64>job.rows;
    store<f32>(job.factors + at, <f32>factor);
    store<f32>(job.factors + at + width, <f32>slope);
    store<f32>(job.factors + at + width * 2, <f32>((-factor * sum) / <f64>job.rows - slope * mean));
  }
}

/** The addend's share of dx. */
function added(job: NormBackwardJob, at: usize, dx: v128): v128 {
  return job.addend ? multiplyAdd(f32x4.splat(job.addendGain), v128.load(job.addend + at), dx) : dx;
}

/** dx with its addend, and the shortcut's gradient gain * dz. */
export function gradientUnit(job: NormBackwardJob, unit: i32): void {
  const row: usize = job.channels << 2;
  const width: usize = padded(job.channels) << 2;
  const start = startOf(job, unit);
  const ofUnit = job.factors + <usize>unit * job.factorsStride;
  const gain = f32x4.splat(job.gain);
  let c: usize = 0;
  for (; c + 32 <= row; c += 32) {
    const factors = ofUnit + c;
    const factor0 = v128.load(factors);
    const factor1 = v128.load(factors, 16);
    const slope0 = v128.load(factors + width);
    const slope1 = v128.load(factors + width, 16);
    const constant0 = v128.load(factors + width * 2);
    const constant1 = v128.load(factors + width * 2, 16);
    let at = start + c;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      const dz0 = beforeRelu(job, at);
      const dz1 = beforeRelu(job, at + 16);
      const rest0 = multiplyAdd(v128.load(job.x + at), slope0, constant0);
      const rest1 = multiplyAdd(v128.load(job.x + at, 16), slope1, constant1);
      v128.store(job.dx + at, added(job, at, multiplyAdd(dz0, factor0, rest0)));
      v128.store(job.dx + at, added(job, at + 16, multiplyAdd(dz1, factor1, rest1)), 16);
      if (job.dShortcut) {
        v128.store(job.dShortcut + at, f32x4.mul(gain, dz0));
        v128.store(job.dShortcut + at, f32x4.mul(gain, dz1), 16);
      }
      at += row;
    }
  }
  for (; c < row; c += 16) {
    const factor = v128.load(ofUnit + c);
    const slope = v128.load(ofUnit + width + c);
    const constant = v128.load(ofUnit + width * 2 + c);
    const count = <i32>((row - c) >> 2);
    let at = start + c;
    for (let left = rowsOf(job, unit); left > 0; left--) {
      const dz = beforeRelu(job, at);
      const normed = multiplyAdd(dz, factor, multiplyAdd(v128.load(job.x + at), slope, constant));
      const dx = added(job, at, normed);
      if (count >= 4) v128.store(job.dx + at, dx);
      else storeFirst(job.dx + at, dx, dx, count);
      if (job.dShortcut) {
        const passed = f32x4.mul(gain, dz);
        if (count >= 4) v128.store(job.dShortcut + at, passed);
        else storeFirst(job.dShortcut + at, passed, passed, count);
      }
      at += row;
    }
  }
}
