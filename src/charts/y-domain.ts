import { meansOf } from './means.ts';
import type { Series } from './series.ts';

const ROUND = 5;
// A mean of fewer steps than this is noise: it may leave the frame at the top rather than squeeze the rest.
const SETTLED = 5;

/**
 * The error axis of both figures, in percent, low end first. Around the baseline before training; it widens to hold
 * the smoothed curves and the tests, in fives, and never narrows within a race.
 */
export function yDomain(series: readonly Series[], baseline: number, window: number): readonly [number, number] {
  let low = baseline - 29;
  let high = baseline + 8;
  const include = (error: number) => {
    if (error < low) low = error;
    if (error > high) high = error;
  };
  for (const one of series) {
    const means = meansOf(one, Math.max(window, SETTLED));
    for (let i = SETTLED - 1; i < one.steps; i++) include(means[i] ?? Number.NaN);
    for (const test of one.tests) include(test.error);
  }
  const bottom = Math.floor((low - 1) / ROUND) * ROUND;
  const top = Math.ceil((high + 1) / ROUND) * ROUND;
  return [Math.max(0, bottom), Math.min(100, top)];
}
