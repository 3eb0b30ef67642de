import { scaleLinear, scaleLog } from 'd3';

/** Whether the step axis counts by difference or by ratio. */
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

const MULTIPLES = [1, 2, 5];
const MANTISSAS = [1, 2, 2.5, 5];

/** At most about `count` round steps between two others; increments that end the axis on a tick are preferred. */
export function stepTicks(low: number, high: number, count: number): readonly number[] {
  const least = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const increments = [power, power * 10]
    .flatMap((unit) => MANTISSAS.map((mantissa) => mantissa * unit))
    .filter((increment) => increment >= least * 0.999 && Number.isInteger(increment));
  const ends = increments.find((increment) => increment < least * 2.1 && high % increment === 0);
  const by = ends ?? increments[0] ?? 1;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / by) * by; tick <= high; tick += by) ticks.push(tick);
  return ticks;
}

/** 1, 2, 5, 10, 20, ... between two steps; only the powers of ten where there is room for few. */
export function logStepTicks(low: number, high: number, count: number): readonly number[] {
  const all: number[] = [];
  for (let power = 1; power <= high; power *= 10) all.push(...MULTIPLES.map((multiple) => multiple * power));
  const inside = all.filter((tick) => tick >= low && tick <= high);
  if (inside.length < 2) return stepTicks(low, high, count);
  const tens = inside.filter((tick) => Number.isInteger(Math.log10(tick)));
  return inside.length > count * 1.6 && tens.length > 1 ? tens : inside;
}
