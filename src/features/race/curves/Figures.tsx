import { useMemo, useState } from 'react';
import type { Twins } from '../../../charts/depth/DepthPlot.tsx';
import { ErrorByDepth } from '../../../charts/depth/ErrorByDepth.tsx';
import { yDomain } from '../../../charts/error-scale.ts';
import { chartHeight } from '../../../charts/plot-area.ts';
import { seedCount } from '../../../charts/series/seeds.ts';
import type { Baseline, Series } from '../../../charts/series/series.ts';
import { TrainingError } from '../../../charts/training/TrainingError.tsx';
import type { LinesShown } from '../../../charts/training/use-axes.ts';
import { say } from '../../../language/say.ts';
import { useWindowSize } from '../../../ui/use-screen.ts';
import { RUNS_TEXT } from '../../runs/strings.ts';
import { SEEDS_TEXT } from '../../seeds/strings.ts';
import { SaveFigureMenu } from '../../share/figures/SaveFigureMenu.tsx';
import { useHovered, useHoveredState, useLab, useLabState } from '../../use-stores.ts';
import { savedCurve } from '../curve.ts';
import type { Claim } from '../story/claim.ts';
import { BASELINE_TEXT, CURVES_HINT } from '../story/marks.ts';
import { type RaceStory, textOf } from '../story/story.ts';
import { curveKeys } from './curve-keys.ts';
import { curveRecords, depthRecords } from './curve-records.ts';
import { marksOf } from './marks.ts';
import { PastKey } from './PastKey.tsx';
import { SeedsChoice } from './SeedsChoice.tsx';
import type { Races } from './use-races.ts';

const FIRST_WINDOW = 30;

/** Only for the empty axes, before the images are loaded. */
const UNKNOWN_BASELINE = 75;

interface FiguresProps {
  readonly races: Races;
  readonly story: RaceStory;
}

/** The two figures, which share a crosshair and a scale. They alone render when the pointer moves over them. */
export function Figures({ races: { series, seeds, past: races }, story: { parts, caveat, claims } }: FiguresProps) {
  const experiment = useLabState((state) => state.experiment);
  const until = useLabState((state) => state.experiment.until);
  const step = useLabState((state) => state.step);
  const majority = useLabState((state) => state.data?.majority ?? null);
  const { hover } = useHovered();
  const hoveredId = useHoveredState(({ id }) => id);
  const [window, setWindow] = useState(FIRST_WINDOW);
  const [hoverStep, setHoverStep] = useState<number | null>(null);
  const [shows, setShows] = useState<LinesShown>({ eachStep: false, newPictures: false });
  const size = useWindowSize();
  const baseline = useMemo<Baseline | null>(
    () => (majority === null ? null : { error: majority.error, ...BASELINE_TEXT(majority.answer) }),
    [majority],
  );
  const lab = useLab();
  const measured = () => [...lab.store.getState().curves.values()].map(savedCurve);
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
    hoverStep,
    hoveredId,
    onHover: hover,
    height: chartHeight(size.width, size.height, series.length),
  };
  const words = {
    note: say('insight.after', { steps: step }),
    nets: series,
    reading: textOf(parts),
    source: means > 0 ? `${textOf(caveat)} ${SEEDS_TEXT.band}`.trim() : textOf(caveat),
  };
  return (
    <>
      <TrainingError
        {...shared}
        marks={marks}
        past={past}
        until={until}
        onWindow={setWindow}
        shows={shows}
        onShows={setShows}
        onHoverStep={setHoverStep}
        hint={step === 0 ? CURVES_HINT : null}
        legend={<PastKey races={races} />}
        tools={(table) => (
          <>
            {seeds > 0 && <SeedsChoice seeds={seeds} />}
            {(step > 0 || means > 0 || past.length > 0) && (
              <SaveFigureMenu
                {...words}
                name="training-error"
                title={say('charts.trainingErrorByStep')}
                note={[means > 0 ? '' : words.note, RUNS_TEXT.key(races)].filter(Boolean).join('. ')}
                nets={[...series, ...past]}
                keys={curveKeys(window, series, past, shows)}
                records={() => curveRecords(measured(), series, races, window)}
                hasPicture={!table}
              />
            )}
          </>
        )}
      />
      <ErrorByDepth
        {...shared}
        twins={betterTwin(claims, series)}
        tools={(points, at) => (
          <SaveFigureMenu
            {...words}
            name="error-by-depth"
            title={say('charts.errorByDepth')}
            note={say('charts.atStep', { step: at })}
            keys={[]}
            records={() => depthRecords(points, at, window)}
            hasPicture
          />
        )}
      />
    </>
  );
}

/** The twins of which the story claims that the residual one is better. */
function betterTwin(claims: readonly Claim[], series: readonly Series[]): Twins | null {
  const [twin, deep] = claims.find(({ id }) => id === 'twin-wins-back' || id === 'twin-better')?.lanes ?? [];
  const [residual, plain] = [twin, deep].map((name) => series.find((one) => one.name === name)?.id);
  return plain === undefined || residual === undefined ? null : { plain, residual };
}

/** A line and all that its band holds. */
function withSeeds(series: Series): readonly Series[] {
  return [series, ...(series.seeds?.counted ?? [])];
}
