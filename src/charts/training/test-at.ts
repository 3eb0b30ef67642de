import { bisector } from 'd3';
import type { Series, TestPoint } from '../series/series.ts';

const byStep = bisector((point: TestPoint) => point.step);

/** The last test error that was measured at a step or before it. Never interpolated. */
export function testAt(series: Series, step: number): TestPoint | null {
  return series.tests[byStep.right(series.tests, step) - 1] ?? null;
}
