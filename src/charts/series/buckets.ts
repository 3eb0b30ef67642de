import type { StepScale } from '../training/step-scale.ts';

/**
 * The steps in view, gathered by the pixel that they fall on: where steps are dense a path needs no more than a few
 * points a pixel. Bucket i begins with step `starts[i]` and ends before `starts[i + 1]`; it is drawn at `xs[i]`.
 */
export interface Buckets {
  readonly starts: Int32Array;
  readonly xs: Float64Array;
}

/** Buckets depend on the axis only: made once, shared by all lanes, and still while lines grow. */
export function bucketsOf(scale: StepScale, end: number): Buckets {
  const first = Math.max(1, Math.floor(scale.view[0]) - 1);
  const last = Math.min(Math.ceil(end), Math.ceil(scale.view[1]) + 1);
  const starts: number[] = [];
  const xs: number[] = [];
  let pixel = Number.NaN;
  for (let step = first; step <= last; step++) {
    const x = scale.x(step);
    if (Math.round(x) === pixel) continue;
    pixel = Math.round(x);
    starts.push(step);
    xs.push(Math.round(x * 10) / 10);
  }
  starts.push(last + 1);
  return { starts: Int32Array.from(starts), xs: Float64Array.from(xs) };
}
