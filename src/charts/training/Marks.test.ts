import { describe, expect, it } from 'vitest';
import { textWidth } from '../labels/text-width.ts';
import type { Mark } from '../series/series.ts';
import { MARK_ROWS, type PlacedMark, placeMarks } from './Marks.tsx';

const mark = (step: number, text = 'ResNet-32: shortcut 9 cut'): Mark => ({ step, kind: 'cut', text });
const same = (step: number) => step;
const [NEAR, FAR] = MARK_ROWS;

function words({ x, side, mark: { text } }: PlacedMark): readonly [number, number] {
  const wide = 10 + textWidth(text, 11);
  return side === null ? [x, x] : side === 'right' ? [x, x + wide] : [x - wide, x];
}

describe('placeMarks', () => {
  it('writes to the right, near the plot', () => {
    const want = { mark: mark(100), x: 100, y: NEAR, glyph: true, side: 'right' };
    expect(placeMarks([mark(100)], same, 0, 600)).toEqual([want]);
  });
  it('writes to the left where the right has no room', () => {
    expect(placeMarks([mark(580)], same, 0, 600)[0]?.side).toBe('left');
  });
  it('staggers neighbours: the older one above, where the younger one does not cross it', () => {
    const [newest, older] = placeMarks([mark(300), mark(330)], same, 0, 600);
    expect([newest?.mark.step, newest?.y, newest?.side]).toEqual([330, NEAR, 'right']);
    expect([older?.mark.step, older?.y, older?.side]).toEqual([300, FAR, 'right']);
  });
  it('never lets words overlap words or hairlines, and drops those of the oldest first', () => {
    const placed = placeMarks(
      Array.from({ length: 14 }, (_, i) => mark(200 + i * 9)),
      same,
      0,
      600,
    );
    for (const a of placed) {
      for (const b of placed) {
        if (a === b) continue;
        const [[a0, a1], [b0, b1]] = [words(a), words(b)];
        if (a.y === b.y && a.side && b.side) expect(a1 <= b0 || a0 >= b1).toBe(true);
        if (a.y === NEAR && b.y === FAR && a.side) expect(b.x <= a0 || b.x >= a1).toBe(true);
      }
    }
    expect(placed[0]?.side).not.toBeNull();
    expect(placed.at(-1)?.side).toBeNull();
    expect(placed.some(({ glyph }) => !glyph)).toBe(true);
  });
});
