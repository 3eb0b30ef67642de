import { BLOCK, ConvJob, packFilter } from './conv';
import { allowHelpers, help, join, share } from './crew';
import { FilterGradientJob, sumParts } from './filter-gradient';
import { MaxPoolJob } from './max-pool';
import { finishMoments, finishSlopes, NormJob, prepareFactors, unitsOf } from './norm';
import { CONV, FILTER_GRADIENT, GRADIENT, MAX_POOL, MOMENTS, NORMALISE, SLOPES } from './perform';
import { descend } from './sgd';

// What JavaScript calls. All pointers and offsets are in bytes; `job` is room for a job's fields.

export { allowHelpers, descend, help, join, packFilter };

/** See `ConvJob`. */
export function conv(
  job: ConvJob,
  x: usize,
  filter: usize,
  y: usize,
  bias: usize,
  addend: usize,
  gather: usize,
  scatter: usize,
  outside: usize,
  images: i32,
  xImage: usize,
  yImage: usize,
  slots: i32,
  taps: i32,
  inChannels: i32,
  outChannels: i32,
  bandSlots: i32,
  groupBlocks: i32,
  gain: f32,
  relu: i32,
): void {
  job.x = x;
  job.filter = filter;
  job.y = y;
  job.bias = bias;
  job.addend = addend;
  job.gather = gather;
  job.scatter = scatter;
  job.outside = outside;
  job.xImage = xImage;
  job.yImage = yImage;
  job.slots = slots;
  job.taps = taps;
  job.inChannels = inChannels;
  job.outChannels = outChannels;
  job.bandSlots = bandSlots;
  job.bands = (slots + bandSlots - 1) / bandSlots;
  job.groupBlocks = groupBlocks;
  job.groups = ((outChannels + BLOCK - 1) / BLOCK + groupBlocks - 1) / groupBlocks;
  job.gain = gain;
  job.relu = relu;
  share(CONV, changetype<usize>(job), images * job.bands * job.groups);
}

/** See `FilterGradientJob`. */
export function filterGradient(
  job: FilterGradientJob,
  x: usize,
  dy: usize,
  parts: usize,
  result: usize,
  pairs: usize,
  starts: usize,
  images: i32,
  xImage: usize,
  dyImage: usize,
  chunks: i32,
  taps: i32,
  inChannels: i32,
  outChannels: i32,
): void {
  job.x = x;
  job.dy = dy;
  job.parts = parts;
  job.pairs = pairs;
  job.starts = starts;
  job.xImage = xImage;
  job.dyImage = dyImage;
  job.images = images;
  job.chunks = chunks;
  job.taps = taps;
  job.inChannels = inChannels;
  job.outChannels = outChannels;
  share(FILTER_GRADIENT, changetype<usize>(job), chunks * taps);
  sumParts(parts, chunks, taps * inChannels * outChannels, result);
}

/** See `MaxPoolJob`. */
export function maxPool(
  job: MaxPoolJob,
  x: usize,
  y: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  padding: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  job.x = x;
  job.y = y;
  job.height = height;
  job.width = width;
  job.channels = channels;
  job.kernel = kernel;
  job.stride = stride;
  job.padding = padding;
  job.outHeight = outHeight;
  job.outWidth = outWidth;
  share(MAX_POOL, changetype<usize>(job), images * outHeight);
}

/** See `NormJob`. Where `parts` is 0 the statistics are given, else they are measured. */
export function normForward(
  job: NormJob,
  x: usize,
  y: usize,
  shortcut: usize,
  statistics: usize,
  parts: usize,
  factors: usize,
  scale: usize,
  shift: usize,
  rows: i32,
  unitRows: i32,
  channels: i32,
  gain: f32,
  relu: i32,
  epsilon: f32,
): void {
  job.shortcut = shortcut;
  const units = describe(job, x, y, statistics, parts, factors, rows, unitRows, channels, gain, relu);
  if (parts) {
    share(MOMENTS, changetype<usize>(job), units);
    finishMoments(job);
  }
  prepareFactors(job, scale, shift, epsilon);
  share(NORMALISE, changetype<usize>(job), units);
}

/** See `NormJob`. */
export function normBackward(
  job: NormJob,
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  dShortcut: usize,
  statistics: usize,
  parts: usize,
  factors: usize,
  scale: usize,
  dScale: usize,
  dShift: usize,
  rows: i32,
  unitRows: i32,
  channels: i32,
  gain: f32,
  relu: i32,
  epsilon: f32,
): void {
  job.dy = dy;
  job.dx = dx;
  job.dShortcut = dShortcut;
  const units = describe(job, x, y, statistics, parts, factors, rows, unitRows, channels, gain, relu);
  share(SLOPES, changetype<usize>(job), units);
  finishSlopes(job, scale, dScale, dShift, epsilon);
  share(GRADIENT, changetype<usize>(job), units);
}

/** Fills in the fields of a job that forward and backward share. Returns its number of units. */
function describe(
  job: NormJob,
  x: usize,
  y: usize,
  statistics: usize,
  parts: usize,
  factors: usize,
  rows: i32,
  unitRows: i32,
  channels: i32,
  gain: f32,
  relu: i32,
): i32 {
  job.x = x;
  job.y = y;
  job.statistics = statistics;
  job.parts = parts;
  job.factors = factors;
  job.rows = rows;
  job.unitRows = unitRows;
  job.channels = channels;
  job.gain = gain;
  job.relu = relu;
  return unitsOf(job);
}
