import { useMemo } from 'react';
import { type ErrorScale, errorScale } from './error-scale.ts';
import { type Frame, frameOf } from './frame.ts';
import { labelMargin } from './labels/end-labels.ts';
import { Plane } from './plane.ts';
import { bucketsOf } from './series/buckets.ts';
import type { CurvesData } from './training/curves-data.ts';
import { horizon } from './training/horizon.ts';
import { fullView, type StepScale, type StepScaleKind, stepScale, type View } from './training/step-scale.ts';

interface Axes {
  readonly frame: Frame;
  readonly errors: ErrorScale;
  readonly steps: StepScale;
  readonly plane: Plane;
  /** All steps. */
  readonly full: View;
  readonly zoomed: boolean;
}

/** The axes of the curves: the same objects for as long as they stand still, so that lines only grow. */
export function useAxes(
  { series: live, past, until, yDomain: [low, high], height }: CurvesData,
  width: number,
  kind: StepScaleKind,
  view: View | null,
): Axes {
  const series = past === undefined ? live : [...live, ...past];
  const end = horizon(until, series);
  const full = useMemo(() => fullView(kind, end), [kind, end]);
  // A view of a longer race than this one, or of one that has been reset, shows nothing.
  const begun = series.some(({ steps }) => steps > 0);
  const zoomed = begun && view !== null && view[1] <= full[1];
  const [from, to] = zoomed ? view : full;
  const margin = labelMargin(series, width);
  const frame = useMemo(() => frameOf(width, height, margin), [width, height, margin]);
  const errors = useMemo(() => errorScale([low, high], frame), [low, high, frame]);
  const steps = useMemo(() => stepScale(kind, [from, to], frame.left, frame.right), [kind, from, to, frame]);
  const plane = useMemo(() => new Plane(bucketsOf(steps, end), errors.y), [steps, end, errors]);
  return { frame, errors, steps, plane, full, zoomed };
}
