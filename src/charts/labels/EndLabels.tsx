import { mean } from 'd3';
import { netClass, netStyle } from '../colours.ts';
import { errorText } from '../error-scale.ts';
import plotStyles from '../plot.module.css';
import { NARROW, type PlotArea } from '../plot-area.ts';
import { meanAt } from '../series/running-mean.ts';
import { divergedWord } from '../series/seeds.ts';
import { type Baseline, labelOf, type Series } from '../series/series.ts';
import type { StepScale } from '../training/step-scale.ts';
import { dodge } from './placement.ts';
import { fitText, textWidth, wrapText } from './text-width.ts';

const LABEL_SIZE = 12;
const TICK_SIZE = 11;
const APART = 15;
const AFTER_LINE = 14;
const AFTER_NAME = 5;
const NUMBER = '00.0';
const MARGIN = { least: 122, leastNarrow: 104, share: 0.34, shareNarrow: 0.38 };

/** A part of a label, and the middle of its row. */
interface Row {
  readonly text: string;
  readonly y: number;
}

/** The end of a line, and the name and number beside it. */
export interface EndLabel {
  readonly series: Series;
  /** Whether the line ends here, or only leaves the view. */
  readonly ends: boolean;
  /** The number, or the word for having diverged; empty where the line goes on out of view. */
  readonly value: string;
  /** The name, in two rows where one is too narrow; the value follows the last. */
  readonly rows: readonly Row[];
  readonly x0: number;
  readonly y0: number;
  readonly x: number;
  /** Where its words end. */
  readonly to: number;
}

export interface BaselineLabel {
  /** What its rows say together. */
  readonly text: string;
  readonly rows: readonly Row[];
  readonly value: string;
  readonly x: number;
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

/** A label with the texts of its rows, where it has more than one. */
interface LabelWish extends OtherLabel {
  readonly texts?: readonly string[];
}

interface PlacedLabels {
  readonly ends: readonly EndLabel[];
  readonly base: BaselineLabel | null;
  /** The heights of the others, in their order. */
  readonly others: readonly number[];
}

/** The text of a label in one row, or, where it may be broken, in two if it needs them; the last row has `lastRoom`. */
function rowsOf(text: string, room: number, lastRoom: number, size: number, bold: boolean, isBroken: boolean) {
  return isBroken ? wrapText(text, room, lastRoom, size, bold) : [fitText(text, lastRoom, size, bold)];
}

/** What the baseline's label says and where it would stand: its long text in one row, or the short one. */
function baselineWish(baseline: Baseline, plotArea: PlotArea, y0: number, isBroken: boolean) {
  const value = errorText(baseline.error);
  const from = plotArea.right + AFTER_LINE;
  const room = plotArea.width - from;
  const lastRoom = room - AFTER_NAME - textWidth(value, TICK_SIZE);
  const text = textWidth(baseline.text, TICK_SIZE) <= lastRoom ? baseline.text : baseline.shortText;
  return { text, value, texts: rowsOf(text, room, lastRoom, TICK_SIZE, false, isBroken), from, to: plotArea.width, y0 };
}

/** What the labels say and where they would stand, if they were alone. */
function wishesOf({ series, window, baseline, plotArea, steps, y, others = [] }: EndLabelInput, isBroken: boolean) {
  const clampY = (value: number) => Math.max(plotArea.top, Math.min(plotArea.bottom, value));
  const lines = series.flatMap((one) => {
    const end = lastStep(one, window, one.steps);
    const step = lastStep(one, window, Math.floor(steps.view[1]));
    const ends = step === end;
    const error = meanAt(one, window, step);
    if (error === null || step < steps.view[0]) return [];
    const value = !ends ? '' : one.diverged === undefined ? errorText(error) : divergedWord(one);
    const x0 = ends ? steps.x(step) : plotArea.right;
    const from = x0 + AFTER_LINE;
    const room = Math.max(plotArea.width - from, 60);
    const texts = rowsOf(labelOf(one), room, room - labelWidth('', value), LABEL_SIZE, true, isBroken);
    const to = from + Math.max(...texts.map((text, row) => labelWidth(text, row === texts.length - 1 ? value : '')));
    return [{ series: one, ends, value, texts, x0, y0: clampY(y(error)), from, to }];
  });
  const bases = baseline === null ? [] : [baselineWish(baseline, plotArea, y(baseline.error), isBroken)];
  // Each row has a place of its own; those of one label want the same and so stay together, in their order.
  const labels: readonly LabelWish[] = [...lines, ...bases, ...others];
  const rows = labels.flatMap(({ y0, from, to, texts = [''] }, of) => texts.map(() => ({ y0, from, to, of })));
  return { lines, bases, labels, groups: gather(rows) };
}

/**
 * Labels at the ends of the lines, pushed apart; the baseline's joins the stack only where it could collide. Long names take
 * a second row where all rows have room, and are cut where they have not.
 */
export function endLabels(input: EndLabelInput): PlacedLabels {
  const { plotArea, others = [] } = input;
  const broken = wishesOf(input, true);
  const isRoomy = broken.groups.every((group) => (group.length - 1) * APART <= plotArea.bottom - plotArea.top);
  const { lines, bases, labels, groups } = isRoomy ? broken : wishesOf(input, false);
  const heights = labels.map((): number[] => []);
  for (const group of groups) {
    const wanted = group.map(({ y0 }) => y0);
    const places = dodge(wanted, APART, plotArea.top, plotArea.bottom);
    for (const [i, { of, y0 }] of group.entries()) heights[of]?.push(places[i] ?? y0);
  }
  const placed = (texts: readonly string[], of: number) =>
    texts.map((text, row) => ({ text, y: heights[of]?.[row] ?? Number.NaN }));
  return {
    ends: lines.map((line, i) => ({ ...line, x: line.from, rows: placed(line.texts, i) })),
    base: bases.map((one) => ({ ...one, x: one.from, rows: placed(one.texts, lines.length) }))[0] ?? null,
    others: others.map(({ y0 }, i) => heights[lines.length + bases.length + i]?.[0] ?? y0),
  };
}

interface LabelTextProps {
  readonly className?: string;
  readonly rows: readonly Row[];
  readonly value: string;
  readonly x: number;
  /** The whole text, where the rows leave some of it out. */
  readonly whole?: string | undefined;
}

function LabelText({ className, rows, value, x, whole }: LabelTextProps) {
  return (
    <text className={className}>
      <tspan>
        {rows.map(({ text, y }) => (
          <tspan key={y} x={x} y={y + 4}>
            {text}
          </tspan>
        ))}
      </tspan>
      <tspan dx={AFTER_NAME}>{value}</tspan>
      {whole === undefined ? null : <title>{whole}</title>}
    </text>
  );
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
      {ends.map(({ series, ends: here, rows, value, x0, y0, x }) => (
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
          <path className={plotStyles.lead} d={`M${x0 + 5} ${y0}L${x - 2} ${mean(rows, ({ y }) => y)}`} />
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
          <LabelText
            className={plotStyles.name ?? ''}
            rows={rows}
            value={value}
            x={x}
            whole={rows.at(-1)?.text.endsWith('…') ? labelOf(series) : undefined}
          />
        </g>
      ))}
      {base && <LabelText {...base} />}
    </g>
  );
}
