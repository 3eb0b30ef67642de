import { scaleLinear } from 'd3';
import type { PlotArea } from './plot-area.ts';
import { meansOf } from './series/running-mean.ts';
import type { Series } from './series/series.ts';

/** An error as figures write it: "45.3". */
export function errorText(error: number): string {
  return error.toFixed(1);
}

const ROUND = 5;
// A mean of fewer steps than this is noise: it may leave the frame at the top rather than squeeze the rest. What learns
// well, at the bottom, never does.
const SETTLED = 5;

interface Reach {
  readonly upTo: number;
  readonly low: number;
  readonly high: number;
}

// By the buffer of errors and the window, like the means themselves: only what was added is looked at.
const remembered = new WeakMap<ArrayLike<number>, Map<number, Reach>>();

/** The lowest and the highest settled mean of a lane; of a window of few steps, those that fill it. */
function reachOf(series: Series, window: number): Reach {
  const known = remembered.get(series.errors) ?? new Map<number, Reach>();
  remembered.set(series.errors, known);
  const before = known.get(window);
  let { upTo, low, high } =
    before && before.upTo <= series.steps
      ? before
      : { upTo: Math.min(window, SETTLED) - 1, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
  const means = meansOf(series, window);
  for (; upTo < series.steps; upTo++) {
    const mean = means[upTo] ?? Number.NaN;
    if (mean < low) low = mean;
    if (mean > high) high = mean;
  }
  const reach = { upTo, low, high };
  known.set(window, reach);
  return reach;
}

/**
 * The error axis of both figures, in percent, low end first. Around the baseline before training; it widens to hold
 * the smoothed curves and the tests, in fives, and never narrows within a run. It has room for predictions in a range.
 */
export function yDomain(
  series: readonly Series[],
  baseline: number,
  window: number,
  guessed: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
): readonly [number, number] {
  let low = Math.min(baseline - 29, guessed[0] - 1);
  let high = Math.max(baseline + 8, guessed[1] + 4);
  for (const one of series) {
    low = Math.min(low, reachOf(one, window).low);
    high = Math.max(high, reachOf(one, Math.max(window, SETTLED)).high);
    for (const { error } of one.tests) {
      if (error < low) low = error;
      if (error > high) high = error;
    }
  }
  const bottom = Math.floor((low - 1) / ROUND) * ROUND;
  const top = Math.ceil((high + 1) / ROUND) * ROUND;
  return [Math.max(0, bottom), Math.min(100, top)];
}

/** The vertical axis of both figures: error in percent to pixels. */
export interface ErrorScale {
  readonly y: (error: number) => number;
  readonly errorAt: (y: number) => number;
  readonly ticks: readonly number[];
}

/** The scale of an error axis over the height of a plot area, with about five ticks. */
export function errorScale(domain: readonly [number, number], { top, bottom }: PlotArea): ErrorScale {
  const scale = scaleLinear().domain(domain).range([bottom, top]);
  return { y: (error) => scale(error), errorAt: (y) => scale.invert(y), ticks: scale.ticks(5) };
}
