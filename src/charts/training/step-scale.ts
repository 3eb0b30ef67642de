import { scaleLinear, scaleLog } from 'd3';
import { logStepTicks, stepTicks } from './step-ticks.ts';

export type StepScaleKind = 'linear' | 'log';

/** The part of the step axis that is shown. */
export type View = readonly [from: number, to: number];

/** The horizontal axis of the curves: steps to pixels and back. */
export interface StepScale {
  readonly kind: StepScaleKind;
  readonly view: View;
  readonly left: number;
  readonly right: number;
  readonly x: (step: number) => number;
  readonly stepAt: (x: number) => number;
  readonly ticks: (count: number) => readonly number[];
}

/** Everything there is to see: a log axis has no step 0. */
export function fullView(kind: StepScaleKind, end: number): View {
  return kind === 'log' ? [1, Math.max(2, end)] : [0, end];
}

/** A scale from a view of the steps to pixels. */
export function stepScale(kind: StepScaleKind, view: View, left: number, right: number): StepScale {
  const scale = (kind === 'log' ? scaleLog() : scaleLinear()).domain(view).range([left, right]);
  const least = kind === 'log' ? 1 : 0;
  const ticks = kind === 'log' ? logStepTicks : stepTicks;
  return {
    kind,
    view,
    left,
    right,
    x: (step) => scale(Math.max(least, step)),
    stepAt: (x) => scale.invert(x),
    ticks: (count) => ticks(view[0], view[1], count),
  };
}
