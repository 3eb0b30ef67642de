import { describe, expect, it } from 'vitest';
import { fullView, stepScale } from '../training/step-scale.ts';
import { bucketsOf, GrowingPath } from './growing-path.ts';

const same = (value: number) => value;
const points = (path: string) => path.split(/[ML]/).length - 1;

describe('bucketsOf', () => {
  it('gives every step its own place where there is room', () => {
    const { starts, xs } = bucketsOf(stepScale('linear', [0, 4], 0, 40), 4);
    expect([...starts]).toEqual([1, 2, 3, 4, 5]);
    expect([...xs]).toEqual([10, 20, 30, 40]);
  });
  it('has no more buckets than pixels, and loses no step', () => {
    const { starts, xs } = bucketsOf(stepScale('linear', [0, 5000], 0, 600), 5000);
    expect(xs.length).toBeLessThanOrEqual(601);
    expect(starts[0]).toBe(1);
    expect(starts.at(-1)).toBe(5001);
  });
  it('is fine at the start and dense at the end of a log axis', () => {
    const { starts } = bucketsOf(stepScale('log', fullView('log', 5000), 0, 600), 5000);
    expect([...starts.slice(0, 3)]).toEqual([1, 2, 3]);
    expect((starts.at(-1) ?? 0) - (starts.at(-2) ?? 0)).toBeGreaterThan(1);
  });
  it('reaches one step out of view, so that lines run to the edge', () => {
    expect([...bucketsOf(stepScale('linear', [10, 20], 0, 100), 100).starts.slice(0, 2)]).toEqual([9, 10]);
  });
});

describe('GrowingPath', () => {
  const wide = bucketsOf(stepScale('linear', [0, 4], 0, 40), 4);
  const tight = bucketsOf(stepScale('linear', [0, 8], 0, 1), 8);
  const path = (values: ArrayLike<number>, length: number, buckets = wide, spread = true) =>
    new GrowingPath(buckets, same, spread).of(values, length);

  it('goes through every step where there is room', () => {
    expect(path([5, 6, 7.26, 8], 4)).toBe('M10 5L20 6L30 7.3L40 8');
  });
  it('stops at its length', () => {
    expect(path(new Float32Array([5, 6, 0, 0]), 2)).toBe('M10 5L20 6');
    expect(path([], 0)).toBe('');
  });
  it('breaks at what is not a number', () => {
    expect(path([5, 6, Number.NaN, 8], 4, wide, false)).toBe('M10 5L20 6M40 8');
  });
  it('keeps the extremes of a bucket in their order', () => {
    const text = path([50, 50, 50, 9, 50, 90, 50, 50], 8, tight);
    expect(text).toContain(' 9L');
    expect(text.indexOf(' 9')).toBeLessThan(text.indexOf(' 90'));
  });
  it('has few points however many steps', () => {
    const many = Array.from({ length: 20000 }, (_, i) => 50 + 20 * Math.sin(i));
    const buckets = bucketsOf(stepScale('linear', [0, 20000], 0, 500), 20000);
    expect(points(path(many, many.length, buckets))).toBeLessThanOrEqual(2 * 501);
    expect(points(path(many, many.length, buckets, false))).toBeLessThanOrEqual(501);
  });
  it('is the same whether it grew or was drawn at once', () => {
    const values = Array.from({ length: 900 }, (_, i) => (i === 444 ? Number.NaN : 50 + 20 * Math.sin(i * 2.3)));
    const buckets = bucketsOf(stepScale('linear', [0, 900], 0, 200), 900);
    for (const spread of [true, false]) {
      const growing = new GrowingPath(buckets, same, spread);
      for (let length = 0; length <= 900; length += 7) {
        expect(growing.of(values, length)).toBe(path(values, length, buckets, spread));
      }
    }
  });
  it('starts over for a column that was cut short or rewritten', () => {
    const buffer = new Float32Array([5, 6, 7, 8]);
    const growing = new GrowingPath(wide, same, true);
    growing.of(buffer, 4);
    expect(growing.of(buffer, 2)).toBe('M10 5L20 6');
    buffer.fill(1);
    expect(growing.of(buffer, 3)).toBe('M10 1L20 1L30 1');
  });
});
