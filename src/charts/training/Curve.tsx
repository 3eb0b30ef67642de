import { line } from 'd3';
import { memo, useId, useMemo } from 'react';
import type { PathCache } from '../series/path-cache.ts';
import { meanAt } from '../series/running-mean.ts';
import type { Series, TestPoint } from '../series/series.ts';
import type { StepScale } from './step-scale.ts';

interface CurveProps {
  readonly series: Series;
  readonly window: number;
  /** With every step and the tests, not the mean alone. */
  readonly whole: boolean;
  /** With each of its seeds, where it is the mean over several. */
  readonly singly: boolean;
  readonly paths: PathCache;
  readonly steps: StepScale;
  readonly y: (error: number) => number;
}

/** Beyond any chart. */
const FAR = 1e5;

/**
 * The lines of one lane: every step faint, their mean solid, tests dashed; over several seeds a band in place of the
 * steps. Redrawn only when something grew.
 */
export const Curve = memo(function Curve({ series, window, whole, singly, paths, steps, y }: CurveProps) {
  const { tests, branchedAt = 0, seeds } = series;
  const clip = useId();
  const dashed = useMemo(() => {
    if (!whole) return null;
    const through = line<TestPoint>(
      (test) => steps.x(test.step),
      (test) => y(test.error),
    );
    return through.digits(1)(tests);
  }, [tests, whole, steps, y]);
  const lines = (
    <>
      {whole && seeds === undefined && window > 1 && <path className="raw" d={paths.raw(series)} />}
      {seeds !== undefined && <path className="band" d={paths.band(series, window)} />}
      {[...(singly ? (seeds?.counted ?? []) : []), ...(whole ? (seeds?.others ?? []) : [])].map((one) => (
        <path key={one.id} className="seed" d={paths.mean(one, window)} />
      ))}
      {dashed && <path className="test" d={dashed} />}
      <path className="mean" d={paths.mean(series, window)} />
    </>
  );
  const from = branchedAt > 0 ? meanAt(series, window, branchedAt) : null;
  if (from === null) return lines;
  const x = steps.x(branchedAt);
  return (
    <>
      <clipPath id={clip}>
        <rect x={x} y={-FAR} width={FAR} height={2 * FAR} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>{lines}</g>
      <circle className="fork" cx={x} cy={y(from)} r={3.5} />
    </>
  );
});
