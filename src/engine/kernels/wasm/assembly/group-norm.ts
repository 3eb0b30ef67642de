import { NormBackwardJob, NormForwardJob, NormJob, padded, unitsOf } from './norm';

// Group normalisation by the units of batch normalisation: a unit is an image, with statistics [2, channels] and factors
// [3, padded channels] of its own, in which the channels of a group have the same mean and variance.

function numberAt(address: usize, index: i32): f64 {
  return <f64>load<f32>(address + ((<usize>index) << 2));
}

function put(address: usize, index: i32, value: f64): void {
  store<f32>(address + ((<usize>index) << 2), <f32>value);
}

function statisticsOf(job: NormJob, unit: i32): usize {
  return job.statistics + <usize>unit * job.statisticsStride;
}

/** A unit's sums, the first or the second row of its `parts`. */
function sumsOf(job: NormJob, unit: i32, row: i32): usize {
  return job.parts + ((<usize>((unit * 2 + row) * padded(job.channels))) << 2);
}

function factorsOf(job: NormJob, unit: i32, row: i32): usize {
  return job.factors + <usize>unit * job.factorsStride + ((<usize>(row * padded(job.channels))) << 2);
}

/** Computes mean and biased variance of each group of each image from the sums of `momentsUnit`. */
export function finishGroupMoments(job: NormJob): void {
  const rows = <f64>job.unitRows;
  const size = job.channels / job.groups;
  for (let unit = 0; unit < unitsOf(job); unit++) {
    const sums = sumsOf(job, unit, 0);
    const squares = sumsOf(job, unit, 1);
    const statistics = statisticsOf(job, unit);
    for (let first = 0; first < job.channels; first += size) {
      let mean: f64 = 0;
      for (let c = first; c < first + size; c++) mean += numberAt(sums, c) / rows + numberAt(job.x, c);
      mean /= <f64>size;
      let spread: f64 = 0;
      for (let c = first; c < first + size; c++) {
        const own = numberAt(sums, c) / rows;
        const away = own + numberAt(job.x, c) - mean;
        spread += numberAt(squares, c) - rows * own * own + rows * away * away;
      }
      const variance = max(0.0, spread / (rows * <f64>size));
      for (let c = first; c < first + size; c++) {
        put(statistics, c, mean);
        put(statistics, job.channels + c, variance);
      }
    }
  }
}

/** Computes the coefficients of `normaliseUnit` of each image. */
export function prepareGroupFactors(job: NormForwardJob): void {
  for (let unit = 0; unit < unitsOf(job); unit++) {
    const statistics = statisticsOf(job, unit);
    for (let c = 0; c < job.channels; c++) {
      const factor = numberAt(job.scale, c) / sqrt<f64>(numberAt(statistics, job.channels + c) + <f64>job.epsilon);
      put(factorsOf(job, unit, 0), c, factor);
      put(factorsOf(job, unit, 1), c, numberAt(job.shift, c) - numberAt(statistics, c) * factor);
    }
  }
}

/**
 * Computes dScale, dShift and the coefficients of `gradientUnit` from the sums of `slopesUnit`: dx = inverse * (scale * dz
 * - mean(scale * dz) - xHat * mean(scale * dz * xHat)), the means over an image's group.
 */
export function finishGroupSlopes(job: NormBackwardJob): void {
  const size = job.channels / job.groups;
  const count = <f64>job.unitRows * <f64>size;
  for (let c = 0; c < job.channels; c++) {
    put(job.dScale, c, 0);
    put(job.dShift, c, 0);
  }
  for (let unit = 0; unit < unitsOf(job); unit++) {
    const sums = sumsOf(job, unit, 0);
    const products = sumsOf(job, unit, 1);
    const statistics = statisticsOf(job, unit);
    for (let first = 0; first < job.channels; first += size) {
      const mean = numberAt(statistics, first);
      const inverse = 1 / sqrt<f64>(numberAt(statistics, job.channels + first) + <f64>job.epsilon);
      let sum: f64 = 0;
      let product: f64 = 0;
      for (let c = first; c < first + size; c++) {
        sum += numberAt(job.scale, c) * numberAt(sums, c);
        product += numberAt(job.scale, c) * numberAt(products, c);
        put(job.dScale, c, numberAt(job.dScale, c) + numberAt(products, c) * inverse);
        put(job.dShift, c, numberAt(job.dShift, c) + numberAt(sums, c));
      }
      const slope = (-product * inverse * inverse * inverse) / count;
      for (let c = first; c < first + size; c++) {
        put(factorsOf(job, unit, 0), c, numberAt(job.scale, c) * inverse);
        put(factorsOf(job, unit, 1), c, slope);
        put(factorsOf(job, unit, 2), c, (-inverse * sum) / count - slope * mean);
      }
    }
  }
}
