import { max } from 'd3';
import { useId, useMemo } from 'react';
import { say } from '../../language/say.ts';
import { ErrorAxis, LowerIsBetter, StepAxis } from '../Axes.tsx';
import { netClass, netStyle } from '../colours.ts';
import { GuessHandles } from '../guesses/GuessHandles.tsx';
import { GuessCurves, GuessDots, guessLabels } from '../guesses/GuessMarks.tsx';
import { placeGuesses } from '../guesses/guess.ts';
import { EndGap, gapLine } from '../labels/EndGap.tsx';
import { type BaselineLabel, EndLabels, endLabels } from '../labels/EndLabels.tsx';
import { textWidth } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import { MAX_DETAILED_LANES } from '../plot-area.ts';
import { repeatsOf, type Series } from '../series/series.ts';
import { Crosshair, Tooltip } from './Crosshair.tsx';
import { ariaText, crosshairStep, hoverValues, nearestLane, pointedStep, stepsToCome } from './hover.ts';
import { LaneCurve } from './LaneCurve.tsx';
import { Marks } from './Marks.tsx';
import { StepPointer } from './StepPointer.tsx';
import type { StepScaleKind, View } from './step-scale.ts';
import { viewWithin } from './step-view.ts';
import { type CurvesData, type LinesShown, useAxes } from './use-axes.ts';

/** Curves may rise this far above the axis: the noise of the first steps needs no room of its own. */
const ABOVE = 12;

const NONE: readonly Series[] = [];

const MEANS_ALONE: LinesShown = { eachStep: false, newPictures: false };

interface TrainingPlotProps {
  readonly data: CurvesData;
  readonly width: number;
  readonly kind: StepScaleKind;
  /** Null is everything. */
  readonly view: View | null;
  readonly onView: (change: (view: View | null) => View | null) => void;
}

/** Where the name of the baseline stands on its line, left of the dots that take its place. */
function overLine({ text, value }: BaselineLabel, right: number, line: number): BaselineLabel {
  return { text, value, x: right - 36 - textWidth(`${text} ${value}`, 11), rows: [{ text, y: line - 10 }] };
}

/** The curves of a race: a function of its data, a size and a view. */
export function TrainingPlot({ data, width, kind, view, onView }: TrainingPlotProps) {
  const {
    series: live,
    past = NONE,
    marks,
    guesses = null,
    gap = null,
    baseline,
    window,
    hoverStep,
    onHoverStep,
    hoveredId,
    onHover,
    shows,
    height,
    hint,
  } = data;
  const { plotArea, errors, steps, paths, full, zoomed } = useAxes(data, width, kind, view);
  const { y } = errors;
  const clip = useId();
  const many = live.length > MAX_DETAILED_LANES;
  const series = useMemo(() => [...past, ...live], [past, live]);
  const repeats = useMemo(() => repeatsOf(live), [live]);
  const last = max(series, (one) => one.steps) ?? 0;

  const dots = guesses === null ? [] : placeGuesses(guesses, steps, y);
  const words = guesses === null ? [] : guessLabels(guesses, dots, plotArea);
  const { ends, base, others } = endLabels({ series, window, baseline, plotArea, steps, y, others: words });
  const between = gap && gapLine(gap, ends, baseline && y(baseline.error));
  const isCrowded = dots.some(({ beside }) => beside > 0);
  const toCome = stepsToCome(marks, last, full[1]);
  const at = crosshairStep(hoverStep, last, toCome);
  const values = at === null || at > last ? [] : hoverValues(series, window, at);
  const here = at === null ? [] : marks.filter(({ step }) => Math.abs(steps.x(step) - steps.x(at)) < 1.5);
  const crossX = at !== null && at >= steps.view[0] && at <= steps.view[1] ? steps.x(at) : null;

  const changeView = (change: (view: View) => View | null) => onView((before) => change(viewWithin(before, full)));
  const point = (px: number, py: number) => {
    if (last === 0) return;
    const step = pointedStep(px, steps, last, toCome);
    if (step !== hoverStep) onHoverStep(step);
    const lane = nearestLane([px, py], hoverValues(series, window, Math.min(last, step)), ends, y);
    if (lane !== hoveredId) onHover(lane);
  };
  const leave = () => {
    onHoverStep(null);
    onHover(null);
  };

  const style = [
    many ? plotStyles.many : '',
    window === 1 ? plotStyles.unsmoothed : '',
    series.some(({ id }) => id === hoveredId) ? plotStyles.faded : '',
  ];
  const baseY = baseline && y(baseline.error);
  return (
    <div className={plotStyles.plot} style={{ height }}>
      <svg width={width} height={height} className={style.join(' ')} aria-hidden="true">
        <clipPath id={clip}>
          <rect
            x={plotArea.left}
            y={plotArea.top - ABOVE}
            width={plotArea.right - plotArea.left + 2}
            height={plotArea.bottom - plotArea.top + ABOVE + 2}
          />
        </clipPath>
        <ErrorAxis plotArea={plotArea} scale={errors} to={plotArea.right} />
        <StepAxis plotArea={plotArea} scale={steps} />
        {baseY !== null && (
          <line className={plotStyles.baseline} x1={plotArea.left} x2={plotArea.right} y1={baseY} y2={baseY} />
        )}
        <LowerIsBetter x={plotArea.left + 4} y={plotArea.bottom - 8} />
        <Marks marks={marks} plotArea={plotArea} steps={steps} />
        <g clipPath={`url(#${clip})`}>
          {guesses !== null && <GuessCurves guesses={guesses} steps={steps} y={y} />}
          {series.map((one) => {
            const detailed = hoveredId === one.id || !(many || one.past);
            return (
              <g
                key={one.id}
                className={[
                  plotStyles.curve,
                  one.past ? plotStyles.past : '',
                  one.changes ? plotStyles.changed : '',
                  hoveredId === one.id ? plotStyles.hot : '',
                  netClass(one.family),
                ].join(' ')}
                style={netStyle(one.lightness)}
              >
                <LaneCurve
                  series={one}
                  window={window}
                  shows={detailed ? shows : MEANS_ALONE}
                  detailed={detailed}
                  repeat={repeats.get(one.id) ?? 0}
                  singly={hoveredId === one.id}
                  paths={paths}
                  steps={steps}
                  y={y}
                />
              </g>
            );
          })}
        </g>
        {guesses !== null && (
          <GuessDots
            guesses={guesses}
            placed={dots}
            labels={words.map((label, index) => ({ ...label, y: others[index] ?? label.y0 }))}
            y={y}
          />
        )}
        {between && <EndGap {...between} />}
        <EndLabels
          ends={ends}
          base={base && isCrowded ? overLine(base, plotArea.right, y(baseline?.error ?? 0)) : base}
          hoveredId={hoveredId}
        />
        {crossX !== null && <Crosshair step={at ?? last} x={crossX} values={values} plotArea={plotArea} y={y} />}
      </svg>
      {last === 0 && hint && (
        <p
          className={plotStyles.hint}
          data-fleeting
          style={{ left: plotArea.left, width: plotArea.right - plotArea.left }}
        >
          {hint}
        </p>
      )}
      {guesses !== null && <GuessHandles guesses={guesses} placed={dots} errorAt={errors.errorAt} />}
      <StepPointer
        steps={steps}
        full={full}
        zoomed={zoomed}
        last={last}
        toCome={toCome}
        at={at}
        onHoverStep={onHoverStep}
        onPoint={point}
        onLeave={leave}
        changeView={changeView}
        label={say('charts.hoveredStep')}
        description={say('charts.zoomHint')}
        text={
          at === null
            ? say('charts.noStep')
            : ariaText(
                at,
                values,
                marks.filter(({ step }) => step === at),
              )
        }
      />
      {zoomed && (
        <button
          type="button"
          className={`fig-button ${plotStyles.resetZoom}`}
          onClick={({ currentTarget }) => {
            // Which takes the button away.
            currentTarget.parentElement
              ?.querySelector<HTMLElement>('[role="slider"][data-fleeting]')
              ?.focus({ preventScroll: true });
            onView(() => null);
          }}
        >
          {say('charts.resetZoom')}
        </button>
      )}
      {at !== null && crossX !== null && (
        <Tooltip step={at} x={crossX} values={values} marks={here} hoveredId={hoveredId} plotArea={plotArea} />
      )}
    </div>
  );
}
