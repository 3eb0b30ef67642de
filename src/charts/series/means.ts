import { GrowingMean } from './growing-mean.ts';
import type { Series } from './series.ts';

/** The smoothing windows that the page offers, in steps. */
export const WINDOWS = [1, 10, 30, 100] as const;

/** A training curve: the error of each step, step 1 first, of which `steps` are filled. */
type Errors = Pick<Series, 'errors' | 'steps'>;

// By the buffer of errors, which lives as long as its run: all charts ask for the same means, ten times a second.
const remembered = new WeakMap<ArrayLike<number>, Map<number, GrowingMean>>();

/** The running mean of a lane's training error, step 1 first; what lies past `series.steps` means nothing. */
export function meansOf(series: Errors, window: number): ArrayLike<number> {
  const known = remembered.get(series.errors) ?? new Map<number, GrowingMean>();
  remembered.set(series.errors, known);
  const means = known.get(window) ?? new GrowingMean(window);
  known.set(window, means);
  return means.of(series.errors, series.steps);
}

/** The running mean at a step, or null where the lane has not come that far, or has diverged. */
export function meanAt(series: Errors, window: number, step: number): number | null {
  if (step < 1 || step > series.steps) return null;
  const mean = meansOf(series, window)[step - 1];
  return mean === undefined || !Number.isFinite(mean) ? null : mean;
}

/** The running mean now: at the last step that the lane has made. */
export function meanNow(series: Errors, window: number): number | null {
  return meanAt(series, window, series.steps);
}
