import { runningMean } from './running-mean.ts';
import type { Series } from './series.ts';

/** The smoothing windows that the page offers, in steps. */
export const WINDOWS = [1, 10, 30, 100] as const;

const remembered = new WeakMap<Series, Map<number, Float64Array>>();

/** The running mean of a lane's training error, step 1 first. Computed once for each series object. */
export function meansOf(series: Series, window: number): Float64Array {
  const known = remembered.get(series) ?? new Map<number, Float64Array>();
  remembered.set(series, known);
  const found = known.get(window);
  if (found) return found;
  const means = runningMean(series.errors, series.steps, window);
  known.set(window, means);
  return means;
}

/** The running mean at a step, or null where the lane has not come that far, or has diverged. */
export function meanAt(series: Series, window: number, step: number): number | null {
  const mean = meansOf(series, window)[step - 1];
  return mean === undefined || !Number.isFinite(mean) ? null : mean;
}

/** The running mean now: at the last step that the lane has made. */
export function meanNow(series: Series, window: number): number | null {
  return meanAt(series, window, series.steps);
}
