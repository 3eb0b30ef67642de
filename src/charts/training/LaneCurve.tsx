import { line } from 'd3';
import { memo, type ReactNode, useId, useMemo } from 'react';
import { repeatDash } from '../colours.ts';
import plotStyles from '../plot.module.css';
import type { PathCache } from '../series/path-cache.ts';
import { meanAt } from '../series/running-mean.ts';
import type { Series, TestError } from '../series/series.ts';
import type { StepScale } from './step-scale.ts';
import type { LinesShown } from './use-axes.ts';

interface LaneCurveProps {
  readonly series: Series;
  readonly window: number;
  readonly shows: LinesShown;
  /** With the seeds that its mean does not count yet. */
  readonly detailed: boolean;
  /** With each of its seeds, where it is the mean over several. */
  readonly singly: boolean;
  /** How many curves before it have its colour; see `repeatsOf`. */
  readonly repeat: number;
  readonly paths: PathCache;
  readonly steps: StepScale;
  readonly y: (error: number) => number;
}

/** Beyond any chart. */
const FAR = 1e5;

/**
 * The lines of one lane: its mean solid, and as far as they are shown every step faint and tests dashed; over several seeds
 * a band in place of the steps, and thin the seeds that are behind. From the step at which the net was changed by hand the
 * mean is hollow. Redrawn only when something grew.
 */
export const LaneCurve = memo(function LaneCurve(props: LaneCurveProps) {
  const { series, window, shows, detailed, singly, repeat, paths, steps, y } = props;
  const { tests, branchedAt = 0, changes: [change] = [], seeds, every } = series;
  const tested = useMemo(() => {
    if (!shows.newPictures) return null;
    const through = line<TestError>(
      (test) => steps.x(test.step),
      (test) => y(test.error),
    );
    return through.digits(1)(tests);
  }, [tests, shows.newPictures, steps, y]);
  const mean = paths.mean(series, window);
  const lines = (
    <>
      {shows.eachStep && seeds === undefined && every === undefined && window > 1 && (
        <path className={plotStyles.raw} d={paths.raw(series)} />
      )}
      {seeds !== undefined && <path className={plotStyles.band} d={paths.band(series, window)} />}
      {[...(singly ? (seeds?.counted ?? []) : []), ...(detailed ? (seeds?.others ?? []) : [])].map((one) => (
        <path key={one.id} className={plotStyles.seed} d={paths.mean(one, window)} />
      ))}
      {tested && <path className={plotStyles.test} d={tested} />}
      <path className={plotStyles.mean} strokeDasharray={repeatDash(repeat)} d={mean} />
      {change !== undefined && (
        <RightOf x={steps.x(change.step)}>
          <path className={plotStyles.hollow} d={mean} />
        </RightOf>
      )}
    </>
  );
  const from = branchedAt > 0 ? meanAt(series, window, branchedAt) : null;
  if (from === null) return lines;
  const x = steps.x(branchedAt);
  return (
    <>
      <RightOf x={x}>{lines}</RightOf>
      <circle className={plotStyles.fork} cx={x} cy={y(from)} r={3.5} />
    </>
  );
});

/** What is drawn, as far as it lies right of x. */
function RightOf({ x, children }: { readonly x: number; readonly children: ReactNode }) {
  const clip = useId();
  return (
    <>
      <clipPath id={clip}>
        <rect x={Math.max(-FAR, x)} y={-FAR} width={2 * FAR} height={2 * FAR} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>{children}</g>
    </>
  );
}
