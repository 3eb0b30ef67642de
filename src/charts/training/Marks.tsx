import { memo } from 'react';
import { textWidth } from '../labels/text-width.ts';
import plotStyles from '../plot.module.css';
import type { PlotArea } from '../plot-area.ts';
import type { Mark, MarkKind } from '../series/series.ts';
import type { StepScale } from './step-scale.ts';

/** Baselines of the two rows, the one nearer to the plot first: the other is for who finds it taken. */
export const MARK_ROWS = [27, 12] as const;
const GLYPH = 7;
const TEXT_AT = 10;
const FREE = 6;
const SIZE = 11;

/** Where a mark stands, and where its glyph and its words go, as far as there is room for them. */
export interface PlacedMark {
  readonly mark: Mark;
  readonly x: number;
  /** Baseline of glyph and words. */
  readonly y: number;
  readonly glyph: boolean;
  readonly side: 'left' | 'right' | null;
}

type Span = readonly [from: number, to: number];
const meet = (a: Span, b: Span) => a[0] < b[1] && b[0] < a[1];

/**
 * Words of marks in two rows over the plot, clear of each other and of the hairlines that come down from the far row.
 * The newest choose first; who finds no room loses the words, then the glyph: the crosshair still says them.
 */
export function placeMarks(
  marks: readonly Mark[],
  x: (step: number) => number,
  left: number,
  right: number,
): readonly PlacedMark[] {
  const near: Span[] = [];
  const far: { readonly span: Span; readonly line: Span }[] = [];
  const wider = ([from, to]: Span): Span => [from - FREE, to + FREE];

  const take = (y: number, at: number, span: Span): boolean => {
    const line: Span = [at - 2, at + 2];
    if (span[0] < left || span[1] > right) return false;
    if (y === MARK_ROWS[0]) {
      if (near.some((other) => meet(wider(span), other)) || far.some((other) => meet(span, other.line))) return false;
      near.push(span);
    } else {
      if (far.some((other) => meet(wider(span), other.span)) || near.some((other) => meet(line, other))) return false;
      far.push({ span, line });
    }
    return true;
  };

  const newestFirst = [...marks].sort((a, b) => b.step - a.step);
  return newestFirst.map((mark): PlacedMark => {
    const at = x(mark.step);
    const wide = TEXT_AT + textWidth(mark.text, SIZE);
    for (const side of ['right', 'left'] as const) {
      for (const y of MARK_ROWS) {
        const span: Span = side === 'right' ? [at - GLYPH, at + wide] : [at - wide, at + GLYPH];
        if (take(y, at, span)) return { mark, x: at, y, glyph: true, side };
      }
    }
    const row = MARK_ROWS.find((y) => take(y, at, [at - GLYPH, at + GLYPH]));
    return { mark, x: at, y: row ?? MARK_ROWS[0], glyph: row !== undefined, side: null };
  });
}

// Drawn around (0, 0), the middle of the words' baseline: an arc with its top missing, an arc, a stair, an arc let down, a pause.
const GLYPHS: Readonly<Record<MarkKind, string>> = {
  cut: 'M-5 1C-5 -4 -3.4 -6.4 -1.8 -7M5 1C5 -4 3.4 -6.4 1.8 -7',
  mend: 'M-5 1C-5 -9.5 5 -9.5 5 1',
  drop: 'M-5 -6h4.5v6h5.5',
  branch: 'M-6 -3h5M-1 -3C1 -3 1 -7 5 -7M-1 -3C1 -3 1 1 5 1',
  gain: 'M-5 1C-5 -9.5 5 -9.5 5 1M-2.2 1C-2.2 -3.6 2.2 -3.6 2.2 1',
  wait: 'M-2.5 -7v7.5M2.5 -7v7.5',
};

interface MarksProps {
  readonly marks: readonly Mark[];
  readonly plotArea: PlotArea;
  readonly steps: StepScale;
}

/** What happened to the race: a hairline down from a glyph and its words. */
export const Marks = memo(function Marks({ marks, plotArea, steps }: MarksProps) {
  const shown = marks.filter(({ step }) => step >= steps.view[0] && step <= steps.view[1]);
  return (
    <g>
      {placeMarks(shown, steps.x, 0, plotArea.width).map(({ mark, x, y, glyph, side }) => (
        <g
          key={`${mark.step} ${mark.kind} ${mark.text}`}
          className={[plotStyles.mark, mark.planned && plotStyles.planned, mark.past && plotStyles.past]
            .filter(Boolean)
            .join(' ')}
          transform={`translate(${x} ${y})`}
        >
          <line y1={6} y2={plotArea.bottom - y} />
          {glyph && <path d={GLYPHS[mark.kind]} />}
          {side && (
            <text x={side === 'right' ? 10 : -10} textAnchor={side === 'right' ? 'start' : 'end'}>
              {mark.text}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});
