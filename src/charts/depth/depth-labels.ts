import { say } from '../../language/say.ts';
import { errorText } from '../error-scale.ts';
import type { DepthGuess } from '../guesses/DepthGuesses.tsx';
import { type LabelWish, placeLabels, type Rect, type Segment, type Side } from '../labels/placement.ts';
import { textWidth } from '../labels/text-width.ts';
import { MAX_DETAILED_LANES, type PlotArea } from '../plot-area.ts';
import { divergedWord } from '../series/seeds.ts';
import { labelOf, type Series } from '../series/series.ts';
import type { DepthPoint } from './depth-points.ts';

const SIZE = 12;
/** Between a name and its number. */
const GAP = 5;
const LINE = 13;
const AWAY = 9;
const MARK = 6;
const WHISKER = 2;
/** How far a label may reach to the left of the plot: the errors of the axis stand farther off. */
const BEFORE_AXIS = 5;

// Plain nets err more: their numbers go above the line, those of residual nets below, where neither meets the other.
const ABOVE: readonly Side[] = [
  [0, -1],
  [-1, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [0, 1],
  [-1, 1],
  [1, 1],
];
const BELOW: readonly Side[] = [
  [0, 1],
  [1, 1],
  [-1, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
  [1, -1],
  [-1, -1],
];
const BESIDE: readonly Side[] = [
  [1, 0],
  [1, -1],
  [1, 1],
];

const BESIDE_LEFT: readonly Side[] = [
  [-1, 0],
  [-1, -1],
  [-1, 1],
];

/** A point in pixels. */
export interface PlacedPoint extends DepthPoint {
  readonly x: number;
  readonly y: number;
  /** Where its seeds lie, the highest error first; both are y for one seed. */
  readonly top: number;
  readonly bottom: number;
}

/** A word in the plot, by the middle of its baseline. */
export interface PlacedLabel {
  readonly key: string;
  readonly text: string;
  /** Behind the text, in a lighter type; empty for none. */
  readonly value: string;
  readonly point: PlacedPoint | null;
  readonly kind: 'value' | 'kind' | 'twin' | 'base' | 'guess';
  /** Whose colour it has. */
  readonly net: Pick<Series, 'family' | 'lightness'> | null;
  readonly x: number;
  readonly y: number;
}

interface Wanted extends LabelWish {
  readonly label: Pick<PlacedLabel, 'key' | 'text' | 'value' | 'point' | 'kind' | 'net'>;
}

/** The way down from a plain net to its residual twin, in pixels. */
export interface TwinArrow extends Segment {
  readonly twin: PlacedPoint;
  readonly text: string;
}

/** The deepest net of a line, and what its nets are called together. */
export interface LineEnd {
  readonly point: PlacedPoint;
  readonly text: string;
}

interface DepthLabelsInput {
  readonly points: readonly PlacedPoint[];
  readonly lines: readonly Segment[];
  readonly lineEnds: readonly LineEnd[];
  readonly arrow: TwinArrow | null;
  /** Predictions, shallow to deep; the deepest is named, and before any is made, all are. */
  readonly guesses?: readonly DepthGuess[];
  readonly baseline: { readonly text: string; readonly y: number } | null;
  readonly plotArea: PlotArea;
  readonly hoveredId: string | null;
}

/**
 * Names and numbers of few nets, numbers of many that have not diverged with the names of their kinds at the ends of the lines; beside these the
 * arrow's words and the baseline's name, where there is room for them. Names stand at all points or at none.
 */
export function depthLabels(input: DepthLabelsInput): readonly PlacedLabel[] {
  if (input.points.length <= MAX_DETAILED_LANES) {
    const named = placed(input, input.points.map(nameWish));
    if (input.points.every(({ series }) => named.some(({ key }) => key === series.id))) return named;
  }
  return placed(input, [
    ...input.points.filter(({ stopped }) => !stopped).map(numberWish),
    ...input.lineEnds.map(kindWish),
  ]);
}

function wish(
  label: Wanted['label'],
  at: { readonly x: number; readonly y: number },
  sides: readonly Side[],
  away = AWAY,
  size = SIZE,
): Wanted {
  const bold = label.kind !== 'base';
  const width = textWidth(label.text, size, bold) + (label.value === '' ? 0 : GAP + textWidth(label.value, size));
  return { label, x: at.x, y: at.y, width, height: LINE, away, sides };
}

function nameWish(point: PlacedPoint): Wanted {
  const { series, error, stopped } = point;
  const label = {
    key: series.id,
    text: labelOf(series),
    value: stopped ? divergedWord(series) : errorText(error),
    point,
    kind: 'value',
    net: series,
  } as const;
  return wish(label, point, [...BESIDE, ...BESIDE_LEFT, ...(series.family === 'plain' ? ABOVE : BELOW)]);
}

function numberWish(point: PlacedPoint): Wanted {
  const { series, error } = point;
  const label = { key: series.id, text: errorText(error), value: '', point, kind: 'value', net: series } as const;
  return wish(label, point, series.family === 'plain' ? ABOVE : BELOW);
}

/** "plain" and "residual" at the ends of their lines. */
function kindWish({ point, text }: LineEnd): Wanted {
  return wish(
    { key: `kind ${text}`, text, value: '', point, kind: 'kind', net: point.series },
    point,
    BESIDE,
    AWAY + 2,
  );
}

function placed(input: DepthLabelsInput, points: readonly Wanted[]): readonly PlacedLabel[] {
  const { lines, arrow, guesses = [], baseline, plotArea, hoveredId } = input;
  // The hovered net chooses first.
  const order = points.toSorted((a, b) => Number(isOf(b, hoveredId)) - Number(isOf(a, hoveredId)));
  const arrows = arrow === null ? [] : [arrow];
  const words = arrows.map(({ twin, text, x0, y0, y1 }) => {
    const label = { key: 'twin', text, value: '', point: twin, kind: 'twin', net: twin.series } as const;
    return wish(label, { x: x0, y: (y0 + y1) / 2 }, [...BESIDE, ...BESIDE_LEFT]);
  });
  const ghosts = (guesses.every(({ guess }) => guess.error === null) ? guesses : guesses.slice(-1)).map((ghost) => {
    const { guess, x, y } = ghost;
    const isMade = guess.error !== null;
    const label = {
      key: isMade ? 'guess' : `guess ${guess.id}`,
      text: isMade ? say('charts.yourGuess') : say('charts.guessWhere', { net: guess.name }),
      value: '',
      point: null,
      kind: 'guess',
      net: guess,
    } as const;
    return wish(label, { x, y }, isMade ? [...BESIDE, ...BELOW] : BELOW, AWAY, 11);
  });
  const bases = baseline === null ? [] : [baseline];
  const base = bases.map(({ text, y }) => {
    const label = { key: 'baseline', text, value: '', point: null, kind: 'base', net: null } as const;
    const sides = [
      [1, -1],
      [1, 1],
    ] as const;
    return wish(label, { x: plotArea.left, y }, sides, 4, 11);
  });
  const ghostMarks = guesses.map(({ x, y }): Rect => ({ x0: x - MARK, y0: y - MARK, x1: x + MARK, y1: y + MARK }));
  const pointMarks = input.points.flatMap(({ x, y, top, bottom }): readonly Rect[] => [
    { x0: x - MARK, y0: y - MARK, x1: x + MARK, y1: y + MARK },
    { x0: x - WHISKER, y0: top, x1: x + WHISKER, y1: bottom },
  ]);
  const dotted = bases.map(({ y }): Segment => ({ x0: plotArea.left, y0: y, x1: plotArea.right, y1: y }));
  const bounds: Rect = {
    x0: plotArea.left - BEFORE_AXIS,
    y0: plotArea.top - 20,
    x1: plotArea.width,
    y1: plotArea.bottom + 4,
  };
  const wanted = [...order, ...words, ...ghosts, ...base];
  return placeLabels(wanted, [...pointMarks, ...ghostMarks], [...lines, ...arrows, ...dotted], bounds).flatMap(
    (rect, i) => {
      const label = wanted[i]?.label;
      return rect && label ? [{ ...label, x: (rect.x0 + rect.x1) / 2, y: rect.y0 + LINE - 3 }] : [];
    },
  );
}

function isOf({ label }: Wanted, id: string | null): boolean {
  return id !== null && label.point?.series.id === id;
}
