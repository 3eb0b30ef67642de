import { storeFirst, zero } from './simd';

/** Channels that a unit of work takes through all rows: those of a cache line. */
const UNIT_CHANNELS = 16;

/** The sums of x [rows, channels] over its rows, which are added one after another. */
@unmanaged
export class ChannelSumsJob {
  x: usize;
  /** [channels] */
  sums: usize;
  rows: i32;
  channels: i32;
}

/** Number of units of a job. */
export function channelSumsUnits(channels: i32): i32 {
  return (channels + UNIT_CHANNELS - 1) / UNIT_CHANNELS;
}

/** Computes one unit. Behind the last channel it reads on into the next row, and drops what comes of that. */
export function channelSumsUnit(job: ChannelSumsJob, unit: i32): void {
  const row: usize = (<usize>job.channels) << 2;
  const first = unit * UNIT_CHANNELS;
  const until = min(first + UNIT_CHANNELS, job.channels);
  for (let channel = first; channel < until; channel += 4) {
    const offset: usize = (<usize>channel) << 2;
    let x = job.x + offset;
    let sum = zero();
    for (let left = job.rows; left > 0; left--) {
      sum = f32x4.add(sum, v128.load(x));
      x += row;
    }
    storeFirst(job.sums + offset, sum, sum, min(4, until - channel));
  }
}
