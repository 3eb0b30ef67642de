import './curves.css';
import { useMemo, useState } from 'react';
import { chartHeight } from '../../charts/chart-height.ts';
import { ErrorByDepth } from '../../charts/ErrorByDepth.tsx';
import { englishLabels } from '../../charts/labels.ts';
import { seedCount } from '../../charts/seeds.ts';
import type { Baseline, Series } from '../../charts/series.ts';
import { TrainingError } from '../../charts/TrainingError.tsx';
import { yDomain } from '../../charts/y-domain.ts';
import { keptCurve } from '../../lab/curve.ts';
import { useLab, useLabState } from '../../lab/use-stores.ts';
import { INSIDE } from '../../text/inside.ts';
import { BASELINE_TEXT, CURVES_HINT } from '../../text/marks.ts';
import { RUNS_TEXT } from '../../text/runs.ts';
import { SEEDS_TEXT } from '../../text/seeds.ts';
import { SaveMenu } from '../save/SaveMenu.tsx';
import { CHARTS_ID } from '../skip-targets.ts';
import { useWindowSize } from '../use-window-size.ts';
import { curveKeys } from './curve-keys.ts';
import { curveRecords, depthRecords } from './curve-records.ts';
import { marksOf } from './marks.ts';
import { PastKey } from './PastKey.tsx';
import { SeedsChoice } from './SeedsChoice.tsx';
import { Story } from './Story.tsx';
import { useRaces } from './use-races.ts';
import { useStory } from './use-story.ts';

const FIRST_WINDOW = 30;

/** Only for the empty axes, before the images are loaded. */
const UNKNOWN_BASELINE = 75;

export interface CurvesProps {
  readonly series: readonly Series[];
  readonly hot: string | null;
  readonly onHot: (name: string | null) => void;
}

/** The two figures, which share a crosshair and a scale, and what they show in a sentence. */
export function Curves({ series: live, hot, onHot }: CurvesProps) {
  const experiment = useLabState((state) => state.experiment);
  const until = useLabState((state) => state.until);
  const step = useLabState((state) => state.step);
  const majority = useLabState((state) => state.data?.majority ?? null);
  const [window, setWindow] = useState(FIRST_WINDOW);
  const [cross, setCross] = useState<number | null>(null);
  const size = useWindowSize();
  const baseline = useMemo<Baseline | null>(
    () => (majority === null ? null : { error: majority.error, ...BASELINE_TEXT(majority.answer) }),
    [majority],
  );
  const lab = useLab();
  const measured = () => [...lab.store.getState().curves.values()].map(keptCurve);
  const { series, seeds, past: races } = useRaces(live);
  const past = useMemo(() => races.flatMap((race) => race.series), [races]);
  const means = seedCount(series);
  // Repeats had the same events, and may be ahead of this race.
  const reached = means > 0 ? Math.max(step, ...series.map(({ steps }) => steps)) : step;
  const marks = useMemo(() => marksOf(experiment, reached), [experiment, reached]);
  const shared = {
    series,
    baseline,
    window,
    yDomain: yDomain([...series, ...past].flatMap(withSeeds), baseline?.error ?? UNKNOWN_BASELINE, window),
    cross,
    hot,
    onHot,
    height: chartHeight(size.width, size.height, series.length),
  };
  const { parts, footnote } = useStory(series);
  const words = {
    note: INSIDE.after(step),
    nets: series,
    reading: parts.map(({ text }) => text).join(''),
    source: means > 0 ? `${footnote} ${SEEDS_TEXT.band}`.trim() : footnote,
  };
  return (
    <section className="charts" id={CHARTS_ID} tabIndex={-1} aria-label="Charts">
      <TrainingError
        {...shared}
        marks={marks}
        past={past}
        until={until}
        onWindow={setWindow}
        onCross={setCross}
        hint={step === 0 ? CURVES_HINT : null}
        legend={<PastKey races={races} />}
        tools={(table) => (
          <>
            {seeds > 0 && <SeedsChoice seeds={seeds} />}
            {(step > 0 || means > 0 || past.length > 0) && (
              <SaveMenu
                {...words}
                name="training-error"
                title={englishLabels.trainingError.title}
                note={[means > 0 ? '' : words.note, RUNS_TEXT.key(races)].filter(Boolean).join('. ')}
                nets={[...series, ...past]}
                keys={curveKeys(window, series, past)}
                records={() => curveRecords(measured(), series, races, window)}
                hasPicture={!table}
              />
            )}
          </>
        )}
      />
      <ErrorByDepth
        {...shared}
        tools={(points, at) => (
          <SaveMenu
            {...words}
            name="error-by-depth"
            title={englishLabels.depth.title}
            note={englishLabels.depth.atStep(at)}
            keys={[]}
            records={() => depthRecords(points, at, window)}
            hasPicture
          />
        )}
      />
      <Story parts={parts} footnote={footnote} nets={series} />
    </section>
  );
}

/** A line and all that its band holds. */
function withSeeds(series: Series): readonly Series[] {
  return [series, ...(series.seeds?.counted ?? [])];
}
