import { max } from 'd3';
import type { Series } from '../series/series.ts';
import type { StepScaleKind, View } from './step-scale.ts';

/** The least steps that a view zooms in to. */
const LEAST = 8;

const forward = (kind: StepScaleKind, step: number) => (kind === 'log' ? Math.log(Math.max(1, step)) : step);
const back = (kind: StepScaleKind, place: number) => (kind === 'log' ? Math.exp(place) : place);

function settle(kind: StepScaleKind, from: number, to: number, full: View): View | null {
  const [low, high] = [forward(kind, full[0]), forward(kind, full[1])];
  const length = to - from;
  if (length >= (high - low) * 0.999) return null;
  const start = Math.min(Math.max(from, low), high - length);
  // Math.exp(Math.log(100)) is over 100.
  return [Math.max(full[0], back(kind, start)), Math.min(full[1], back(kind, start + length))];
}

/** The view where it lies on the axis; all steps where there is none, or it is of a longer axis. */
export function viewWithin(view: View | null, full: View): View {
  return view !== null && view[1] <= full[1] ? view : full;
}

/**
 * The view after zooming by a factor (over 1: closer) while the step under `anchor` stays where it is.
 * Null is everything.
 */
export function zoomView(kind: StepScaleKind, view: View, full: View, factor: number, anchor: number): View | null {
  const [from, to, still] = [forward(kind, view[0]), forward(kind, view[1]), forward(kind, anchor)];
  const next: View = [still - (still - from) / factor, still + (to - still) / factor];
  const fitted = settle(kind, next[0], next[1], full);
  const tooClose = fitted && fitted[1] - fitted[0] < LEAST && factor > 1;
  return tooClose ? view : fitted;
}

/** The view moved by a share of its length. */
export function panView(kind: StepScaleKind, view: View, full: View, share: number): View | null {
  const [from, to] = [forward(kind, view[0]), forward(kind, view[1])];
  const by = (to - from) * share;
  return settle(kind, from + by, to + by, full);
}

/** The view moved as little as it takes to show a step. */
export function revealStep(kind: StepScaleKind, view: View, full: View, step: number): View | null {
  const [from, to, place] = [forward(kind, view[0]), forward(kind, view[1]), forward(kind, step)];
  const by = place < from ? place - from : place > to ? place - to : 0;
  return by === 0 ? settle(kind, from, to, full) : settle(kind, from + by, to + by, full);
}

/** Where the step axis ends: at `until`, and twice as far whenever training passes it. */
export function xMax(until: number, series: readonly Series[]): number {
  const steps = max(series, (one) => one.steps) ?? 0;
  let end = Math.max(1, until);
  while (end < steps) end *= 2;
  return end;
}
