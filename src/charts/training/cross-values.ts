import { meanAt } from '../series/means.ts';
import { seedsAt, seedTestsAt } from '../series/seeds.ts';
import type { Series, TestPoint } from '../series/series.ts';
import type { Spread } from '../series/spread.ts';
import { testAt } from './test-at.ts';

/** A lane at the crosshair. */
export interface CrossValue {
  readonly series: Series;
  readonly mean: number | null;
  readonly test: TestPoint | null;
  /** Spread over the seeds where `mean` is their mean; null for a single run. */
  readonly spread: Spread | null;
  readonly testSpread: Spread | null;
}

/** All lanes at a step in the order of their lines: highest error first, those without one last. */
export function crossValues(series: readonly Series[], window: number, step: number): readonly CrossValue[] {
  return series
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
export function commonTestStep(values: readonly CrossValue[]): number | null {
  const steps = new Set(values.flatMap(({ test }) => (test ? [test.step] : [])));
  const [only] = steps;
  return steps.size === 1 && only !== undefined ? only : null;
}
