import { semicolonJoined, stopJoined } from '../../language/joining.ts';
import { say } from '../../language/say.ts';
import { errorText } from '../error-scale.ts';
import type { EndLabel } from '../labels/EndLabels.tsx';
import { meanAt } from '../series/running-mean.ts';
import { divergedSeeds, divergedText, type Spread, seedsAt, seedTestsAt } from '../series/seeds.ts';
import { isThereAt, labelOf, type Mark, type Series, type TestError, testAt } from '../series/series.ts';
import type { StepScale } from './step-scale.ts';

/** A lane at the crosshair. */
export interface HoverValue {
  readonly series: Series;
  readonly mean: number | null;
  readonly test: TestError | null;
  /** Spread over the seeds where `mean` is their mean; null for a single run. */
  readonly spread: Spread | null;
  readonly testSpread: Spread | null;
}

/** All lanes that there were at a step, in the order of their lines: highest error first, those without one last. */
export function hoverValues(series: readonly Series[], window: number, step: number): readonly HoverValue[] {
  return series
    .filter((one) => isThereAt(one, step))
    .map((one) => ({
      series: one,
      mean: meanAt(one, window, step),
      test: testAt(one, step),
      spread: seedsAt(one, window, step),
      testSpread: seedTestsAt(one, step),
    }))
    .sort((a, b) => (b.mean ?? Number.NEGATIVE_INFINITY) - (a.mean ?? Number.NEGATIVE_INFINITY));
}

/** The step at which all tests of a row were measured, where that is one step. */
export function commonTestStep(values: readonly HoverValue[]): number | null {
  const steps = new Set(values.flatMap(({ test }) => (test ? [test.step] : [])));
  const [only] = steps;
  return steps.size === 1 && only !== undefined ? only : null;
}

const REACH = 14;

/** The lane whose line, or behind that line's end its label, is under the pointer. */
export function nearestLane(
  pointer: readonly [x: number, y: number],
  values: readonly HoverValue[],
  ends: readonly EndLabel[],
  y: (error: number) => number,
): string | null {
  const [px, py] = pointer;
  const behind = ends.filter(({ x }) => px >= x);
  const ended = new Set(behind.map(({ series }) => series.id));
  const labels = behind
    .filter(({ to }) => px <= to)
    .flatMap(({ series, rows }) => rows.map((row) => [series.id, Math.abs(row.y - py)] as const));
  const lines = values.flatMap(({ series, mean }) =>
    mean === null || ended.has(series.id) ? [] : [[series.id, Math.abs(y(mean) - py)] as const],
  );
  const [nearest] = [...labels, ...lines].sort((a, b) => a[1] - b[1]);
  return nearest && nearest[1] <= REACH ? nearest[0] : null;
}

/** Within how many pixels of a mark that is still to come a pointer is at it. */
const NEAR_MARK = 6;

/** Steps past the last one that was made where the crosshair can stand, too: those of marks that are still to come. */
export function stepsToCome(marks: readonly Mark[], last: number, end: number): readonly number[] {
  const steps = marks.map(({ step }) => step).filter((step) => step > last && step <= end);
  return [...new Set(steps)].sort((a, b) => a - b);
}

/** Where the crosshair stands when a step is hovered; null for nowhere. */
export function crosshairStep(hoverStep: number | null, last: number, toCome: readonly number[]): number | null {
  if (hoverStep === null || last === 0) return null;
  return toCome.includes(hoverStep) ? hoverStep : Math.max(1, Math.min(last, hoverStep));
}

/** The step that a pointer is at: the nearest that was made, or behind the last that of a mark still to come. */
export function pointedStep(px: number, steps: StepScale, last: number, toCome: readonly number[]): number {
  const inside = Math.max(steps.left, Math.min(steps.right, px));
  const away = (step: number) => Math.abs(steps.x(step) - px);
  const near = px > steps.x(last) ? toCome.filter((step) => away(step) <= NEAR_MARK) : [];
  const [mark] = near.toSorted((a, b) => away(a) - away(b));
  return mark ?? Math.max(1, Math.min(last, Math.round(steps.stepAt(inside))));
}

/**
 * Where a key takes the crosshair: a step, null for nowhere, undefined where the key means nothing to it. Arrows lead on to
 * the steps behind the last, `toCome` in ascending order.
 */
export function hoverAfterKey(
  key: string,
  far: boolean,
  hoverStep: number | null,
  last: number,
  toCome: readonly number[] = [],
): number | null | undefined {
  const by = (steps: number) => Math.max(1, Math.min(last, (hoverStep ?? last) + steps));
  const stride = far ? 10 : 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      if (hoverStep === null) return last;
      return hoverStep < last ? by(stride) : (toCome.find((step) => step > hoverStep) ?? hoverStep);
    case 'ArrowLeft':
    case 'ArrowDown':
      if (hoverStep === null) return last;
      return hoverStep <= last ? by(-stride) : (toCome.findLast((step) => step < hoverStep) ?? last);
    case 'PageUp':
      return by(Math.ceil(last / 10));
    case 'PageDown':
      return by(-Math.ceil(last / 10));
    case 'Home':
      return 1;
    case 'End':
      return last;
    case 'Escape':
      return hoverStep === null ? undefined : null;
    default:
      return undefined;
  }
}

/** An error as it is read out: over several seeds, their mean and its range. */
function spokenError(error: number, spread: Spread | null): string {
  const mean = errorText(error);
  if (spread === null) return mean;
  const { count: seeds, low, high } = spread;
  return say('charts.seedMean', { mean, seeds, low: errorText(low), high: errorText(high) });
}

/** The numbers at the crosshair, and what happened there, as text for assistive technology. */
export function ariaText(step: number, values: readonly HoverValue[], marks: readonly Mark[]): string {
  const nets = values.flatMap(({ series, mean, test: point, spread, testSpread }) => {
    const net = labelOf(series, step);
    if (mean === null) {
      const { diverged } = series;
      return diverged !== undefined && step >= diverged
        ? [say('charts.divergedOf', { net, diverged: divergedText(divergedSeeds(series), diverged) })]
        : [];
    }
    const train = spokenError(mean, spread);
    if (point === null) return [say('charts.trainOf', { net, train })];
    const tested = { net, train, test: spokenError(point.error, testSpread) };
    return [
      point.step === step
        ? say('charts.trainAndTestOf', tested)
        : say('charts.trainAndTestAt', { ...tested, step: point.step }),
    ];
  });
  return stopJoined([
    say('charts.stepNumber', { step }),
    semicolonJoined(nets),
    semicolonJoined(marks.map(({ text }) => text)),
  ]);
}
