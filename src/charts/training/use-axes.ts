import { useMemo } from 'react';
import { type ErrorScale, errorScale } from '../error-scale.ts';
import { guessMargin } from '../guesses/GuessMarks.tsx';
import type { CurveGuesses } from '../guesses/guess.ts';
import type { Gap } from '../labels/EndGap.tsx';
import { labelMargin } from '../labels/EndLabels.tsx';
import { type PlotArea, plotAreaOf } from '../plot-area.ts';
import { bucketsOf } from '../series/growing-path.ts';
import { PathCache } from '../series/path-cache.ts';
import type { Baseline, Mark, Series } from '../series/series.ts';
import { fullView, type StepScale, type StepScaleKind, stepScale, type View } from './step-scale.ts';
import { viewWithin, xMax } from './step-view.ts';

interface Axes {
  readonly plotArea: PlotArea;
  readonly errors: ErrorScale;
  readonly steps: StepScale;
  readonly paths: PathCache;
  /** All steps. */
  readonly full: View;
  readonly zoomed: boolean;
}

/** The axes of the curves: the same objects for as long as they stand still, so that lines only grow. */
export function useAxes(
  { series: live, past, until, baseline, yDomain: [low, high], height, guesses }: CurvesData,
  width: number,
  kind: StepScaleKind,
  view: View | null,
): Axes {
  const series = past === undefined ? live : [...live, ...past];
  const end = xMax(Math.max(until, guesses?.step ?? 0, ...(past ?? []).map(({ steps }) => steps)), series);
  const full = useMemo(() => fullView(kind, end), [kind, end]);
  const shown = viewWithin(view, full);
  const zoomed = shown !== full;
  const [from, to] = shown;
  const margin = Math.max(labelMargin(series, baseline, width), guesses == null ? 0 : guessMargin(guesses, width));
  const plotArea = useMemo(() => plotAreaOf(width, height, margin), [width, height, margin]);
  const errors = useMemo(() => errorScale([low, high], plotArea), [low, high, plotArea]);
  const steps = useMemo(() => stepScale(kind, [from, to], plotArea.left, plotArea.right), [kind, from, to, plotArea]);
  const paths = useMemo(() => new PathCache(bucketsOf(steps, end), errors.y), [steps, end, errors]);
  return { plotArea, errors, steps, paths, full, zoomed };
}

/** The lines that a figure of curves can draw beside the means, each off at first. */
export interface LinesShown {
  /** The error of every step's batch. */
  readonly eachStep: boolean;
  /** The test errors: pictures that the nets do not train on. */
  readonly newPictures: boolean;
}

/** What the curves of a race need to know about it. */
export interface CurvesData {
  readonly series: readonly Series[];
  /** Curves of races before, drawn faded behind the others. */
  readonly past?: readonly Series[];
  readonly marks: readonly Mark[];
  /** Predictions of where the curves will end. */
  readonly guesses?: CurveGuesses | null;
  /** What the story says of two of them, drawn between their ends. */
  readonly gap?: Gap | null;
  readonly baseline: Baseline | null;
  /** Where the step axis ends, unless training passes it. */
  readonly until: number;
  /** Steps in the running mean. */
  readonly window: number;
  /** From `yDomain`, so that both figures share it. */
  readonly yDomain: readonly [number, number];
  /** The step under the crosshair of all charts. */
  readonly hoverStep: number | null;
  readonly onHoverStep: (step: number | null) => void;
  /** The lane under the pointer, by id. */
  readonly hoveredId: string | null;
  readonly onHover: (id: string | null) => void;
  /** Which lines are drawn beside the means. */
  readonly shows: LinesShown;
  readonly height: number;
  /** Said in the middle of the empty plot before training. */
  readonly hint: string | null;
}
