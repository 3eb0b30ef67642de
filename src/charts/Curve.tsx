import { line } from 'd3';
import { memo, useMemo } from 'react';
import type { Plane } from './plane.ts';
import type { Series, TestPoint } from './series.ts';
import type { StepScale } from './step-scale.ts';

interface CurveProps {
  readonly series: Series;
  readonly window: number;
  /** With every step and the tests, not the mean alone. */
  readonly whole: boolean;
  readonly plane: Plane;
  readonly steps: StepScale;
  readonly y: (error: number) => number;
}

/** The lines of one lane: every step faint, their mean solid, tests dashed. Drawn anew only when something grew. */
export const Curve = memo(function Curve({ series, window, whole, plane, steps, y }: CurveProps) {
  const { tests } = series;
  const dashed = useMemo(() => {
    if (!whole) return null;
    const through = line<TestPoint>(
      (test) => steps.x(test.step),
      (test) => y(test.error),
    );
    return through.digits(1)(tests);
  }, [tests, whole, steps, y]);
  return (
    <>
      {whole && window > 1 && <path className="raw" d={plane.raw(series)} />}
      {dashed && <path className="test" d={dashed} />}
      <path className="mean" d={plane.mean(series, window)} />
    </>
  );
});
