import { describe, expect, it } from 'vitest';
import { dodge } from './dodge.ts';

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
