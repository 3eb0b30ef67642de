import { describe, expect, it } from 'vitest';
import { dodge, type LabelWish, placeLabels, type Rect } from './placement.ts';

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
    const upper = { ...line, y0: 81, y1: 81 };
    expect(placeLabels([wish(100, 100, [[0, -1]])], [], [upper], bounds)[0]?.y0).toBe(80);
    const apart = { x0: 0, y0: 0, x1: 20, y1: 20 };
    expect(placeLabels([wish(100, 100)], [], [apart], bounds)[0]?.y0).toBe(80);
  });
  it('stands farther off, where it may, rather than on a line or nowhere', () => {
    const line = { x0: 0, y0: 86, x1: 200, y1: 86 };
    const above = wish(100, 100, [[0, -1]]);
    expect(placeLabels([{ ...above, far: 30 }], [], [line], bounds)[0]?.y1).toBe(70);
    expect(placeLabels([{ ...above, far: 30 }], [dot(100, 86)], [], bounds)[0]?.y1).toBe(70);
    expect(placeLabels([{ ...above, far: 30 }], [], [], bounds)[0]?.y1).toBe(92);
    const between = wish(78, 86, [[1, 0]]);
    expect(placeLabels([between, { ...above, far: 30 }], [], [], bounds)[1]).toBeNull();
  });
  it('leaves a number out rather than behind a line that looks like its minus', () => {
    const line = { x0: 100, y0: 100, x1: 200, y1: 101 };
    expect(placeLabels([wish(100, 100, [[1, 0]])], [], [line], bounds)[0]).toBeNull();
    expect(placeLabels([wish(100, 100, [[-1, 0]])], [], [line], bounds)[0]?.x1).toBe(92);
  });
  it('leaves a label out rather than over another', () => {
    const one = wish(100, 100, [[0, -1]]);
    expect(placeLabels([one, one], [], [], bounds)[1]).toBeNull();
  });
});

const close = (places: readonly number[]) => places.map((place) => expect.closeTo(place, 6));

describe('dodge', () => {
  it('leaves alone what is far enough apart', () => {
    expect(dodge([10, 40, 90], 15, 0, 100)).toEqual([10, 40, 90]);
  });
  it('pushes two apart evenly', () => {
    expect(dodge([50, 52], 15, 0, 100)).toEqual(close([43.5, 58.5]));
  });
  it('keeps the order of the places, whatever the order of the list', () => {
    expect(dodge([52, 50], 15, 0, 100)).toEqual(close([58.5, 43.5]));
  });
  it('keeps the order of the list where places are equal', () => {
    expect(dodge([50, 50, 50], 10, 0, 100)).toEqual(close([40, 50, 60]));
  });
  it('lets a pushed group push the next', () => {
    const moved = dodge([50, 51, 66, 95], 15, 0, 100);
    const sorted = [...moved].sort((a, b) => a - b);
    sorted.forEach((place, i) => {
      if (i > 0) expect(place - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
    });
    expect(moved[3]).toBe(95);
  });
  it('stays inside', () => {
    expect(dodge([1, 2], 15, 0, 100)).toEqual(close([0, 15]));
    expect(dodge([99, 100], 15, 0, 100)).toEqual(close([85, 100]));
  });
  it('shares the room where there are too many', () => {
    expect(dodge([9, 9, 9, 9, 9], 15, 0, 20)).toEqual(close([0, 5, 10, 15, 20]));
  });
  it('handles one and none', () => {
    expect(dodge([], 15, 0, 100)).toEqual([]);
    expect(dodge([120], 15, 0, 100)).toEqual([100]);
  });
});
