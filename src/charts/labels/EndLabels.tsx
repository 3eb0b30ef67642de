import { netClass, netStyle } from '../colours.ts';
import { errorText } from '../error-scale.ts';
import plotStyles from '../plot.module.css';
import { NARROW, type PlotArea } from '../plot-area.ts';
import { meanAt } from '../series/running-mean.ts';
import { divergedWord } from '../series/seeds.ts';
import { type Baseline, labelOf, type Series } from '../series/series.ts';
import type { StepScale } from '../training/step-scale.ts';
import { dodge } from './placement.ts';
import { fitText, textWidth } from './text-width.ts';

const LABEL_SIZE = 12;
const TICK_SIZE = 11;
const APART = 15;
const AFTER_LINE = 14;
const AFTER_NAME = 5;
const NUMBER = '00.0';
const MARGIN = { least: 122, leastNarrow: 104, share: 0.34, shareNarrow: 0.38 };

/** The end of a line, and the name and number beside it. */
export interface EndLabel {
  readonly series: Series;
  /** Whether the line ends here, or only leaves the view. */
  readonly ends: boolean;
  /** The number, or the word for having diverged; empty where the line goes on out of view. */
  readonly value: string;
  readonly name: string;
  readonly x0: number;
  readonly y0: number;
  readonly x: number;
  readonly y: number;
  /** Where its words end. */
  readonly to: number;
}

interface BaselineLabel {
  readonly text: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
}

const labelWidth = (name: string, value: string) =>
  textWidth(name, LABEL_SIZE, true) + AFTER_NAME + textWidth(value, LABEL_SIZE);

/** The margin that the names need on the right of the plot, within reason. */
export function labelMargin(series: readonly Series[], baseline: Baseline | null, width: number): number {
  const base = baseline === null ? 0 : textWidth(baseline.text, TICK_SIZE) + AFTER_NAME + textWidth(NUMBER, TICK_SIZE);
  const widest = Math.max(base, ...series.map((one) => labelWidth(labelOf(one), NUMBER)));
  const isNarrow = width < NARROW;
  const least = isNarrow ? MARGIN.leastNarrow : MARGIN.least;
  const most = width * (isNarrow ? MARGIN.shareNarrow : MARGIN.share);
  return Math.round(Math.max(least, Math.min(AFTER_LINE + widest + 4, most)));
}

/** The last step, up to a limit, at which a lane has a mean. */
function lastStep(series: Series, window: number, limit: number): number {
  let step = Math.min(series.steps, limit);
  while (step > 0 && meanAt(series, window, step) === null) step -= 1;
  return step;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Members of a list gathered by overlapping spans: only those can collide. */
function gather<T extends Span>(spans: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from < reach) groups.at(-1)?.push(span);
    else groups.push([span]);
    reach = Math.max(reach, span.to);
  }
  return groups;
}

interface EndLabelInput {
  readonly series: readonly Series[];
  readonly window: number;
  readonly baseline: Baseline | null;
  readonly plotArea: PlotArea;
  readonly steps: StepScale;
  readonly y: (error: number) => number;
  /** Labels of others in the same margin, which keep clear of the ends as these do of each other. */
  readonly others?: readonly OtherLabel[];
}

/** A label of its own beside those of the lines: where it would stand, and from its left to its right. */
interface OtherLabel extends Span {
  readonly y0: number;
}

interface PlacedLabels {
  readonly ends: readonly EndLabel[];
  readonly base: BaselineLabel | null;
  /** The heights of the others, in their order. */
  readonly others: readonly number[];
}

/** Labels at the ends of the lines, pushed apart; the baseline's joins the stack only where it could collide. */
export function endLabels(input: EndLabelInput): PlacedLabels {
  const { series, window, baseline, plotArea, steps, y, others = [] } = input;
  const clampY = (value: number) => Math.max(plotArea.top, Math.min(plotArea.bottom, value));
  const rest = plotArea.width - plotArea.right - AFTER_LINE;

  const lines = series.flatMap((one) => {
    const end = lastStep(one, window, one.steps);
    const step = lastStep(one, window, Math.floor(steps.view[1]));
    const ends = step === end;
    const mean = meanAt(one, window, step);
    if (mean === null || step < steps.view[0]) return [];
    const value = !ends ? '' : one.diverged === undefined ? errorText(mean) : divergedWord(one);
    const x0 = ends ? steps.x(step) : plotArea.right;
    const from = x0 + AFTER_LINE;
    const name = fitText(labelOf(one), Math.max(plotArea.width - from, 60) - labelWidth('', value), LABEL_SIZE, true);
    return [
      {
        of: 'line' as const,
        series: one,
        ends,
        value,
        name,
        x0,
        y0: clampY(y(mean)),
        from,
        to: from + labelWidth(name, value),
      },
    ];
  });

  const value = errorText(baseline?.error ?? 0);
  const roomForText = rest - AFTER_NAME - textWidth(value, TICK_SIZE);
  const wide = baseline !== null && textWidth(baseline.text, TICK_SIZE) <= roomForText;
  const text = baseline === null ? '' : wide ? baseline.text : fitText(baseline.shortText, roomForText, TICK_SIZE);
  const baseX = plotArea.right + AFTER_LINE;
  const base =
    baseline === null ? [] : [{ of: 'base' as const, y0: y(baseline.error), from: baseX, to: plotArea.width }];

  const ends: EndLabel[] = [];
  const heights = others.map(({ y0 }) => y0);
  const beside = others.map((other, index) => ({ ...other, of: 'other' as const, index }));
  let baseY = baseline === null ? 0 : y(baseline.error);
  for (const group of gather([...lines, ...base, ...beside])) {
    const places = dodge(
      group.map(({ y0 }) => y0),
      APART,
      plotArea.top,
      plotArea.bottom,
    );
    group.forEach((label, i) => {
      const place = places[i] ?? label.y0;
      if (label.of === 'base') baseY = place;
      else if (label.of === 'other') heights[label.index] = place;
      else ends.push({ ...label, x: label.from, y: place });
    });
  }
  return { ends, base: baseline === null ? null : { text, value, x: baseX, y: baseY }, others: heights };
}

interface EndLabelsProps {
  readonly ends: readonly EndLabel[];
  readonly base: BaselineLabel | null;
  readonly hoveredId: string | null;
}

/** Names and numbers where the lines end. Words beside lines spare the eyes the way to a legend. */
export function EndLabels({ ends, base, hoveredId }: EndLabelsProps) {
  return (
    <g>
      {ends.map(({ series, ends: here, name, value, x0, y0, x, y }) => (
        <g
          key={series.id}
          className={[
            plotStyles.end,
            series.past ? plotStyles.past : '',
            hoveredId === series.id ? plotStyles.hot : '',
            netClass(series.family),
          ].join(' ')}
          style={netStyle(series.lightness)}
        >
          <path className={plotStyles.lead} d={`M${x0 + 5} ${y0}L${x - 2} ${y}`} />
          {here && series.diverged === undefined && (
            <circle
              className={series.changes === undefined ? plotStyles.dot : `${plotStyles.dot} ${plotStyles.hollow}`}
              r={3.5}
              cx={x0}
              cy={y0}
            />
          )}
          {here && series.diverged !== undefined && (
            <path className={plotStyles.stop} d={`M${x0 - 3.5} ${y0 - 3.5}l7 7m0 -7l-7 7`} />
          )}
          <text className={plotStyles.name} x={x} y={y + 4}>
            <tspan>{name}</tspan>
            <tspan dx={5}>{value}</tspan>
            {name === labelOf(series) ? null : <title>{labelOf(series)}</title>}
          </text>
        </g>
      ))}
      {base && (
        <text x={base.x} y={base.y + 4}>
          <tspan>{base.text}</tspan>
          <tspan dx={5}>{base.value}</tspan>
        </text>
      )}
    </g>
  );
}
