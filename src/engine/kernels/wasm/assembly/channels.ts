/**
 * Copies some neighbouring channels of each pixel between tensors of different numbers of channels: a part of a
 * concatenation or of a split. A unit of work is `unitRows` rows, a row being a pixel. Sizes and steps in bytes.
 */
@unmanaged
export class CopyChannelsJob {
  from: usize;
  to: usize;
  rows: i32;
  unitRows: i32;
  /** What is copied of a row. */
  bytes: i32;
  /** From one row to the next. */
  fromStep: i32;
  toStep: i32;
}

/** Number of units of a job. */
export function copyUnits(job: CopyChannelsJob): i32 {
  return (job.rows + job.unitRows - 1) / job.unitRows;
}

/** Copies one unit. */
export function copyChannelsUnit(job: CopyChannelsJob, unit: i32): void {
  const first = unit * job.unitRows;
  const fromStep: usize = job.fromStep;
  const toStep: usize = job.toStep;
  const whole: usize = job.bytes & ~15;
  const bytes: usize = job.bytes;
  let from = job.from + <usize>first * fromStep;
  let to = job.to + <usize>first * toStep;
  for (let left = min(job.unitRows, job.rows - first); left > 0; left--) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
    from += fromStep;
    to += toStep;
  }
}
