import { describe, expect, it } from 'vitest';
import type { Family, Series } from '../series/series.ts';
import { depthLine, depthPoints, depthScale, groupsOf } from './depth-points.ts';

const lane = (id: string, family: Family, depth: number, errors: readonly number[], diverged?: number): Series => ({
  id,
  name: `${family}-${depth}`,
  family,
  lightness: depth / 56,
  depth,
  errors,
  steps: errors.length,
  tests: [],
  diverged,
});

describe('depthPoints', () => {
  it('has a point for each lane that has come somewhere', () => {
    const points = depthPoints([lane('a', 'plain', 8, [80, 60]), lane('b', 'plain', 20, [])], 30, 2);
    expect(points.map(({ series, error }) => [series.id, error])).toEqual([['a', 70]]);
  });
  it('spreads lanes of one family and depth', () => {
    const twins = [lane('a', 'residual', 20, [50]), lane('b', 'plain', 20, [60]), lane('c', 'residual', 20, [52])];
    expect(depthPoints(twins, 30, 1).map(({ offset }) => offset)).toEqual([-0.5, 0, 0.5]);
  });
  it('keeps the last error of a lane that has diverged', () => {
    const [point] = depthPoints([lane('a', 'plain', 56, [80, Number.NaN], 2)], 1, 9);
    expect(point).toMatchObject({ error: 80, stopped: true });
    const stopped = (step: number) => depthPoints([lane('a', 'plain', 56, [80, 79], 3)], 1, step)[0]?.stopped;
    expect([2, 3].map(stopped)).toEqual([false, true]);
  });
});

describe('a branch', () => {
  it('has no point before its fork: the curve is that of another net there', () => {
    const nets = [lane('a', 'plain', 8, [80, 60, 40]), { ...lane('b', 'plain', 14, [80, 60, 50]), branchedAt: 2 }];
    const at = (step: number) => depthPoints(nets, 1, step).map(({ series }) => series.id);
    expect([1, 2, 3].map(at)).toEqual([['a'], ['a', 'b'], ['a', 'b']]);
  });
});

describe('a lane that catches up', () => {
  it('has no point at a step that it has not come to', () => {
    const front = lane('a', 'plain', 8, [80, 60, 50, 40]);
    const at = (errors: readonly number[], step: number) =>
      depthPoints([front, lane('b', 'plain', 32, errors)], 1, step).map(({ series, error }) => [series.id, error]);
    expect(at([90, 72], 4)).toEqual([['a', 40]]);
    expect(at([90, 72], 2)).toEqual([
      ['a', 60],
      ['b', 72],
    ]);
    expect(at([90, 72, 70], 4)).toEqual([
      ['a', 40],
      ['b', 70],
    ]);
  });
});

describe('depthLine', () => {
  it('runs from shallow to deep through the mean of equal depths, within the family', () => {
    const points = depthPoints(
      [
        lane('a', 'plain', 32, [70]),
        lane('b', 'plain', 8, [50]),
        lane('c', 'plain', 32, [80]),
        lane('d', 'residual', 20, [40]),
        lane('e', 'plain', 56, [90], 1),
      ],
      30,
      1,
    );
    expect(depthLine(points, 'plain').map(({ depth, error }) => [depth, error])).toEqual([
      [8, 50],
      [32, 75],
    ]);
  });
});

describe('nets of several groups', () => {
  it('are joined within each', () => {
    const vgg = { ...lane('a', 'plain', 19, [60]), group: 'vgg' };
    const points = depthPoints([vgg, lane('b', 'plain', 8, [50]), lane('c', 'plain', 32, [70])], 30, 1);
    expect(groupsOf(points)).toEqual(['vgg', undefined]);
    expect(depthLine(points, 'plain').map(({ depth }) => depth)).toEqual([8, 32]);
    expect(depthLine(points, 'plain', 'vgg').map(({ depth }) => depth)).toEqual([19]);
  });
});

describe('a net whose shortcuts were changed', () => {
  it('is on no line, whatever its name', () => {
    const mended = { ...lane('a', 'plain', 32, [60]), kind: null };
    const points = depthPoints([mended, lane('b', 'plain', 8, [50]), lane('c', 'residual', 32, [40])], 30, 1);
    expect(depthLine(points, 'plain').map(({ depth }) => depth)).toEqual([8]);
    expect(depthLine(points, 'residual').map(({ depth }) => depth)).toEqual([32]);
  });
  it('is on the line of what it always was', () => {
    const open = { ...lane('a', 'plain', 32, [60]), kind: 'residual' as const };
    const points = depthPoints([open, lane('b', 'plain', 8, [50])], 30, 1);
    expect(depthLine(points, 'plain').map(({ depth }) => depth)).toEqual([8]);
    expect(depthLine(points, 'residual').map(({ depth }) => depth)).toEqual([32]);
  });
});

describe('depthScale', () => {
  it('is linear from 8 to 56 for the depths of the paper', () => {
    const { x, log } = depthScale([8, 32], 0, 240);
    expect(log).toBe(false);
    expect([x(8), x(32), x(56)]).toEqual([0, 120, 240]);
  });
  it('counts by ratio where nets are deeper', () => {
    const { x, log } = depthScale([8, 110], 0, 240);
    expect(log).toBe(true);
    expect(x(110)).toBeCloseTo(240);
    expect(x(20) - x(8)).toBeGreaterThan(50);
  });
  it('names the depths of the lanes first, and only where there is room', () => {
    expect(depthScale([14, 29], 0, 240).ticks).toEqual([14, 29, 44, 56]);
    expect(depthScale([], 0, 240).ticks).toEqual([8, 20, 32, 44, 56]);
  });
});
