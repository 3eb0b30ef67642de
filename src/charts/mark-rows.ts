import type { Mark } from './series.ts';
import { textWidth } from './text-width.ts';

export const MARK_ROWS = [12, 27] as const;
const GLYPH = 6;
const TEXT_AT = 10;
const FREE = 8;
const SIZE = 11;

/** Where a mark stands, and where its words go; no words where there is no room for them. */
export interface PlacedMark {
  readonly mark: Mark;
  readonly x: number;
  /** Baseline of glyph and words. */
  readonly y: number;
  readonly side: 'left' | 'right' | null;
}

type Span = readonly [from: number, to: number];

/**
 * Words of marks in two rows over the plot. The newest choose first; who finds both rows taken keeps a glyph and loses
 * the words, which the crosshair still shows.
 */
export function placeMarks(marks: readonly Mark[], x: (step: number) => number, left: number, right: number): PlacedMark[] {
  const taken: Span[][] = MARK_ROWS.map(() => []);
  const free = (row: number, [from, to]: Span) =>
    (taken[row] ?? []).every((span) => to + FREE <= span[0] || from >= span[1] + FREE);
  const newestFirst = [...marks].sort((a, b) => b.step - a.step);
  return newestFirst.map((mark): PlacedMark => {
    const at = x(mark.step);
    const wide = TEXT_AT + textWidth(mark.text, SIZE);
    for (const [row, y] of MARK_ROWS.entries()) {
      for (const side of ['right', 'left'] as const) {
        const span: Span = side === 'right' ? [at - GLYPH, at + wide] : [at - wide, at + GLYPH];
        if (span[0] < left || span[1] > right || !free(row, span)) continue;
        taken[row]?.push(span);
        return { mark, x: at, y, side };
      }
    }
    const row = MARK_ROWS.findIndex((_, i) => free(i, [at - GLYPH, at + GLYPH]));
    const lone = Math.max(0, row);
    taken[lone]?.push([at - GLYPH, at + GLYPH]);
    return { mark, x: at, y: MARK_ROWS[lone] ?? MARK_ROWS[0], side: null };
  });
}
