import { makeNet, type NetSpec } from '../net/net.ts';

/** What the speed of a device is measured by: training steps of a residual net on noise, or its forward passes. */
export interface SpeedTask {
  readonly type: 'step' | 'forward';
  readonly depth: number;
  /** Channels of the first stage. */
  readonly width: number;
  /** Side of the images, in pixels. */
  readonly size: number;
  readonly batch: number;
}

/** From small to large, the forward pass last. The same nets as in the benchmarks. */
export const SPEED_TASKS: readonly SpeedTask[] = [
  { type: 'step', depth: 8, width: 8, size: 16, batch: 16 },
  { type: 'step', depth: 20, width: 8, size: 16, batch: 16 },
  { type: 'step', depth: 20, width: 16, size: 16, batch: 16 },
  { type: 'step', depth: 20, width: 16, size: 32, batch: 128 },
  { type: 'forward', depth: 20, width: 16, size: 32, batch: 128 },
];

/** The net of a task, with projections as in the benchmarks. */
export function netOfTask({ depth, width }: SpeedTask): NetSpec {
  return makeNet('residual', depth, { width, option: 'B' });
}

/** A measured task: median milliseconds; null where the device would take too long. */
export interface MeasuredSpeed {
  readonly task: SpeedTask;
  readonly ms: number | null;
}

/** Recorded milliseconds of `SPEED_TASKS`, in their order; null where a task was not recorded. */
export interface RecordedSpeed {
  readonly device: string;
  readonly ms: readonly (number | null)[];
}
