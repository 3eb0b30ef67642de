import { describe, expect, it } from 'vitest';
import { type LabelWish, placeLabels, type Rect } from './place-labels.ts';

const bounds: Rect = { x0: 0, y0: 0, x1: 200, y1: 200 };
const wish = (
  x: number,
  y: number,
  sides: LabelWish['sides'] = [
    [0, -1],
    [0, 1],
    [1, 0],
    [-1, 0],
  ],
): LabelWish => ({
  x,
  y,
  width: 28,
  height: 12,
  away: 8,
  sides,
});
const dot = (x: number, y: number): Rect => ({ x0: x - 5, y0: y - 5, x1: x + 5, y1: y + 5 });

describe('placeLabels', () => {
  it('takes the side that is preferred', () => {
    expect(placeLabels([wish(100, 100)], [], [], bounds)).toEqual([{ x0: 86, y0: 80, x1: 114, y1: 92 }]);
    expect(placeLabels([wish(100, 100, [[1, 0]])], [], [], bounds)).toEqual([{ x0: 108, y0: 94, x1: 136, y1: 106 }]);
  });
  it('keeps clear of marks, of earlier labels and of the frame', () => {
    expect(placeLabels([wish(100, 100)], [dot(100, 86)], [], bounds)[0]?.y0).toBe(108);
    const [first, second] = placeLabels([wish(100, 100), wish(104, 100)], [], [], bounds);
    expect(first?.y0).toBe(80);
    expect(second?.y0).toBe(108);
    expect(placeLabels([wish(100, 10)], [], [], bounds)[0]?.y0).toBe(18);
  });
  it('keeps clear of lines where it can', () => {
    const line = { x0: 0, y0: 86, x1: 200, y1: 86 };
    expect(placeLabels([wish(100, 100)], [], [line], bounds)[0]?.y0).toBe(108);
    expect(placeLabels([wish(100, 100, [[0, -1]])], [], [line], bounds)[0]?.y0).toBe(80);
    const apart = { x0: 0, y0: 0, x1: 20, y1: 20 };
    expect(placeLabels([wish(100, 100)], [], [apart], bounds)[0]?.y0).toBe(80);
  });
  it('leaves a label out rather than over another', () => {
    const one = wish(100, 100, [[0, -1]]);
    expect(placeLabels([one, one], [], [], bounds)[1]).toBeNull();
  });
});
