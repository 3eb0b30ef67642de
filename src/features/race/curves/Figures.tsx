import { type RefCallback, useMemo, useState } from 'react';
import type { Twins } from '../../../charts/depth/DepthPlot.tsx';
import { ErrorByDepth } from '../../../charts/depth/ErrorByDepth.tsx';
import { yDomain } from '../../../charts/error-scale.ts';
import type { Gap } from '../../../charts/labels/EndGap.tsx';
import { seedCount } from '../../../charts/series/seeds.ts';
import { repeatsOf, type Series } from '../../../charts/series/series.ts';
import { TrainingError } from '../../../charts/training/TrainingError.tsx';
import { semicolonJoined, stopJoined, textOf } from '../../../language/joining.ts';
import { say } from '../../../language/say.ts';
import { CHARTS_ID } from '../../../ui/section-ids.ts';
import { SaveFigureMenu } from '../../figures/saved/SaveFigureMenu.tsx';
import { savedCurve } from '../../lab/curve.ts';
import { namedData } from '../../lab/named-data.ts';
import { useCurveGuesses } from '../../lesson/curve-guesses.ts';
import { useHovered, useHoveredState, useLab, useLabState } from '../../use-stores.ts';
import { type Claim, STORY_WINDOW } from '../story/claim.ts';
import type { RaceStory } from '../story/story.ts';
import { baselineOf, UNKNOWN_BASELINE } from './baseline.ts';
import { CurvesHead, PastKey, SeedsChoice, useCurvesLook } from './CurvesHead.tsx';
import { curveKeys, curveRecords, depthRecords } from './curve-records.ts';
import styles from './curves.module.css';
import { FigureSlot } from './FigureSlot.tsx';
import { marksOf } from './marks.ts';
import { seriesAt } from './series.ts';
import type { Races } from './use-races.ts';

/** How much higher the plots begin where there are no marks, or one, in CSS pixels. */
const FREED_BY_MARKS = [24, 12] as const;

/** The height of the line that names the runs behind the race, in CSS pixels. */
const PAST_KEY = 24;

interface FiguresProps {
  readonly races: Races;
  readonly story: RaceStory;
  /** Measures where the figures begin. */
  readonly attach: RefCallback<HTMLElement>;
  /** The height of both plots, in CSS pixels. */
  readonly height: number;
}

/** The two figures, which share a crosshair and a scale. They alone render when the pointer moves over them. */
export function Figures({ races: { series, seeds, past: races }, story, attach, height }: FiguresProps) {
  const { parts, caveat, claims } = story;
  const experiment = useLabState((state) => state.experiment);
  const until = useLabState((state) => state.experiment.until);
  const step = useLabState((state) => state.step);
  const race = useLabState((state) => state.race);
  const waitAt = useLabState((state) => state.waitAt);
  const majority = useLabState((state) => namedData(state)?.majority ?? null);
  const { hover } = useHovered();
  const hoveredId = useHoveredState(({ id }) => id);
  const [look, changeLook] = useCurvesLook();
  const { window } = look;
  const [hoverStep, setHoverStep] = useState<number | null>(null);
  const baseline = useMemo(() => baselineOf(majority), [majority]);
  const lab = useLab();
  const measured = () => [...lab.store.getState().curves.values()].map(savedCurve);
  const past = useMemo(() => races.flatMap((race) => race.series), [races]);
  const repeats = useMemo(() => repeatsOf(series), [series]);
  const means = seedCount(series);
  // Repeats had the same events, and may be ahead of this race.
  const reached = means > 0 ? Math.max(step, ...series.map(({ steps }) => steps)) : step;
  const marks = useMemo(
    () => [...marksOf(experiment, reached, waitAt), ...races.flatMap((race) => race.marks ?? [])],
    [experiment, reached, waitAt, races],
  );
  // A table needs its place below the head. A single mark stands in the row nearer to the plot.
  const freed = look.table ? 0 : (FREED_BY_MARKS[marks.length] ?? 0);
  const guesses = useCurveGuesses(series, baseline?.error ?? null);
  const shared = {
    series,
    guesses,
    baseline,
    window,
    yDomain: yDomain(
      [...series, ...past].flatMap(withSeeds),
      baseline?.error ?? UNKNOWN_BASELINE,
      window,
      guesses?.range,
    ),
    hoverStep,
    hoveredId,
    onHover: hover,
    height: height + freed - (past.length > 0 ? PAST_KEY : 0),
  };
  const words = {
    note: say('insight.after', { steps: step }),
    nets: series,
    reading: textOf(parts),
    source: means > 0 ? `${textOf(caveat)} ${say('runs.band')}`.trim() : textOf(caveat),
  };
  return (
    <section
      ref={attach}
      className={styles.charts}
      style={{ '--freed': `${freed}px` }}
      id={CHARTS_ID}
      tabIndex={-1}
      aria-label={say('race.charts')}
    >
      <TrainingError
        race={race}
        {...shared}
        marks={marks}
        gap={gapOf(claims, series, window)}
        past={past}
        until={until}
        shows={look}
        kind={look.kind}
        table={look.table}
        onHoverStep={setHoverStep}
        hint={step === 0 && guesses === null ? say('story.curvesHint') : null}
        head={
          <CurvesHead
            look={look}
            onLook={changeLook}
            series={series}
            past={past}
            legend={<PastKey races={races} />}
            seeds={seeds > 0 && <SeedsChoice seeds={seeds} />}
            save={
              (step > 0 || means > 0 || past.length > 0) && (
                <SaveFigureMenu
                  {...words}
                  name="training-error"
                  title={say('charts.trainingErrorByStep')}
                  note={stopJoined([
                    means > 0 ? '' : words.note,
                    semicolonJoined(races.map(({ tag, name }) => say('runs.keyed', { tag, name }))),
                  ])}
                  nets={[...series.map((one) => ({ ...one, repeat: repeats.get(one.id) ?? 0 })), ...past]}
                  keys={curveKeys(window, series, past, look)}
                  records={() => curveRecords(measured(), series, races, window)}
                  hasPicture={!look.table}
                />
              )
            }
          />
        }
      />
      <FigureSlot height={height}>
        {(title) => (
          <ErrorByDepth
            {...shared}
            series={seriesAt(experiment, series, hoverStep)}
            title={title}
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
        )}
      </FigureSlot>
    </section>
  );
}

/**
 * How far the story claims that the deeper plain net is behind, until it says more: then its twin is between the two. The
 * number is that of the story's means: between the ends of others it would be wrong.
 */
export function gapOf(claims: readonly Claim[], series: readonly Series[], window: number): Gap | null {
  if (window !== STORY_WINDOW) return null;
  const worse = claims.find(({ id }) => id === 'deeper-is-worse');
  const points = worse?.values[1];
  if (worse === undefined || points === undefined || claims.some(({ id }) => id.startsWith('twin-'))) return null;
  const [deep, shallow] = worse.lanes.map((name) => series.find((one) => one.name === name)?.id);
  return deep === undefined || shallow === undefined ? null : { worse: deep, better: shallow, points };
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
