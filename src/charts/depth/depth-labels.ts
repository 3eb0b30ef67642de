import { type LabelWish, placeLabels, type Rect, type Segment, type Side } from '../labels/placement.ts';
import { textWidth } from '../labels/text-width.ts';
import type { PlotArea } from '../plot-area.ts';
import type { DepthPoint } from './depth-points.ts';

const SIZE = 12;
const LINE = 13;
const AWAY = 9;
const MARK = 6;
const WHISKER = 2;

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
  readonly point: PlacedPoint | null;
  readonly kind: 'value' | 'family' | 'base';
  readonly x: number;
  readonly y: number;
}

interface Wanted extends LabelWish {
  readonly label: Pick<PlacedLabel, 'key' | 'text' | 'point' | 'kind'>;
}

export interface DepthLabelsInput {
  readonly points: readonly PlacedPoint[];
  readonly lines: readonly Segment[];
  /** The last point of each family that has a line, and what the family is called. */
  readonly families: readonly { readonly point: PlacedPoint; readonly text: string }[];
  readonly baseline: { readonly text: string; readonly y: number } | null;
  readonly plotArea: PlotArea;
  readonly hoveredId: string | null;
  readonly percent: (error: number) => string;
}

/** Families, numbers and the baseline's name where there is room for them. */
export function depthLabels(input: DepthLabelsInput): readonly PlacedLabel[] {
  const { points, lines, families, baseline, plotArea, hoveredId, percent } = input;
  const names = families.map(({ point, text }): Wanted => {
    const label = { key: `family ${text}`, text, point, kind: 'family' } as const;
    const width = textWidth(text, SIZE, true);
    return { label, x: point.x, y: point.y, width, height: LINE, away: AWAY + 2, sides: BESIDE };
  });
  const firstHot = [...points].sort((a, b) => Number(b.series.id === hoveredId) - Number(a.series.id === hoveredId));
  const values = firstHot.map((point): Wanted => {
    const text = percent(point.error);
    const label = { key: point.series.id, text, point, kind: 'value' } as const;
    const width = textWidth(text, SIZE, true);
    const sides = point.series.family === 'plain' ? ABOVE : BELOW;
    return { label, x: point.x, y: point.y, width, height: LINE, away: AWAY, sides };
  });
  const bases = baseline ? [baseline] : [];
  const base = bases.map(({ text, y }): Wanted => {
    const label = { key: 'baseline', text, point: null, kind: 'base' } as const;
    const sides = [
      [1, -1],
      [1, 1],
    ] as const;
    return { label, x: plotArea.left, y, width: textWidth(text, 11), height: LINE, away: 4, sides };
  });

  const marks = points.flatMap(({ x, y, top, bottom }): readonly Rect[] => [
    { x0: x - MARK, y0: y - MARK, x1: x + MARK, y1: y + MARK },
    { x0: x - WHISKER, y0: top, x1: x + WHISKER, y1: bottom },
  ]);
  const dotted = bases.map(({ y }): Segment => ({ x0: plotArea.left, y0: y, x1: plotArea.right, y1: y }));
  const bounds: Rect = { x0: plotArea.left, y0: plotArea.top - 20, x1: plotArea.width, y1: plotArea.bottom };
  const wanted = [...names, ...values, ...base];
  return placeLabels(wanted, marks, [...lines, ...dotted], bounds).flatMap((rect, i) => {
    const label = wanted[i]?.label;
    return rect && label ? [{ ...label, x: (rect.x0 + rect.x1) / 2, y: rect.y0 + LINE - 3 }] : [];
  });
}
