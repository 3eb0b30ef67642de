import { describe, expect, it } from 'vitest';
import { MARK_ROWS, placeMarks } from './mark-rows.ts';
import type { Mark } from './series.ts';
import { textWidth } from './text-width.ts';

const mark = (step: number, text = 'ResNet-32: shortcut 9 cut'): Mark => ({ step, kind: 'cut', text });
const same = (step: number) => step;

describe('placeMarks', () => {
  it('writes to the right in the first row', () => {
    expect(placeMarks([mark(100)], same, 0, 600)).toEqual([{ mark: mark(100), x: 100, y: MARK_ROWS[0], side: 'right' }]);
  });
  it('writes to the left where the right has no room', () => {
    expect(placeMarks([mark(580)], same, 0, 600)[0]?.side).toBe('left');
  });
  it('staggers neighbours', () => {
    const [newest, older] = placeMarks([mark(300), mark(310)], same, 0, 600);
    expect(newest?.mark.step).toBe(310);
    expect(newest?.y).toBe(MARK_ROWS[0]);
    expect(older?.side === 'left' || older?.y === MARK_ROWS[1]).toBe(true);
  });
  it('never lets words overlap, and drops the words of the oldest first', () => {
    const placed = placeMarks(
      Array.from({ length: 12 }, (_, i) => mark(200 + i * 9)),
      same,
      0,
      600,
    );
    const spans = placed
      .filter((one) => one.side !== null)
      .map(({ x, y, side, mark: { text } }) => {
        const wide = 10 + textWidth(text, 11);
        return { y, from: side === 'right' ? x : x - wide, to: side === 'right' ? x + wide : x };
      });
    for (const a of spans) {
      for (const b of spans) if (a !== b && a.y === b.y) expect(a.to <= b.from || a.from >= b.to).toBe(true);
    }
    expect(placed[0]?.side).not.toBeNull();
    expect(placed.at(-1)?.side).toBeNull();
  });
});
