import { describe, expect, it } from 'vitest';
import { plotAreaOf } from '../plot-area.ts';
import type { Series } from '../series/series.ts';
import { stepScale, type View } from '../training/step-scale.ts';
import { xMax } from '../training/step-view.ts';
import { endLabels } from './EndLabels.tsx';

const lane = (id: string, error: number, steps: number, more: Partial<Series> = {}): Series => ({
  id,
  name: id,
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors: Array<number>(steps).fill(error),
  steps,
  tests: [],
  ...more,
});
const plotArea = plotAreaOf(800, 372, 122);
const baseline = { error: 73, text: 'always “Noto”', shortText: '“Noto”' };
const y = (error: number) => 372 - 3 * error;

function labelsOf(series: readonly Series[], view: View = [0, 150]) {
  const steps = stepScale('linear', view, plotArea.left, plotArea.right);
  return endLabels({ series, window: 30, baseline, plotArea, steps, y });
}

describe('endLabels', () => {
  it('names each line and its number where it ends', () => {
    const { ends } = labelsOf([lane('plain-8', 50, 75)]);
    expect(ends).toMatchObject([{ rows: [{ text: 'plain-8', y: 222 }], value: '50.0', ends: true, x0: 356, y0: 222 }]);
  });
  it('pushes labels apart that would touch', () => {
    const { ends } = labelsOf([lane('plain-8', 50, 150), lane('plain-20', 51, 150)]);
    const heights = ends.map(({ rows }) => rows[0]?.y ?? 0);
    expect(Math.abs((heights[0] ?? 0) - (heights[1] ?? 0))).toBeCloseTo(15);
    expect(ends.map(({ y0 }) => y0).sort()).toEqual([y(50), y(51)].sort());
  });
  it('lets the baseline join the stack only where a label could touch it', () => {
    expect(labelsOf([lane('plain-8', 73.5, 40)]).base?.rows[0]?.y).toBe(y(73));
    expect(labelsOf([lane('plain-8', 73.5, 150)]).base?.rows[0]?.y).not.toBe(y(73));
  });
  it('says that a lane has diverged, where it did', () => {
    const errors = [80, 80, Number.NaN];
    const { ends } = labelsOf([lane('plain-56', 0, 3, { errors, diverged: 3 })]);
    expect(ends).toMatchObject([{ value: 'diverged', ends: true }]);
    const one = lane('plain-56', 0, 3, { errors });
    const mean = { ...one, diverged: 3, seeds: { counted: [one, { ...one, diverged: 3 }], others: [] } };
    expect(labelsOf([mean]).ends).toMatchObject([{ value: '1 of 2 diverged' }]);
  });
  it('gives a line that runs out of view its name at the edge, and one that is gone nothing', () => {
    const { ends } = labelsOf([lane('a', 50, 150), lane('b', 50, 20)], [50, 100]);
    expect(ends).toMatchObject([{ rows: [{ text: 'a' }], value: '', ends: false, x0: plotArea.right }]);
  });
  it('gives a name that is too long for its row a second one, which others keep clear of', () => {
    const long = { ...lane('long', 50, 150), name: 'ResNet-1202, 1,201 cut' };
    const { ends } = labelsOf([long, lane('plain-8', 48, 150)]);
    expect(ends.map(({ rows, value }) => [...rows.map(({ text }) => text), value])).toEqual([
      ['ResNet-1202,', '1,201 cut', '50.0'],
      ['plain-8', '48.0'],
    ]);
    const heights = ends.flatMap(({ rows }) => rows.map((row) => row.y));
    for (const [i, height] of heights.entries()) if (i > 0) expect(height - (heights[i - 1] ?? 0)).toBeCloseTo(15);
  });
  it('cuts long names where two rows each would have no room', () => {
    const lanes = Array.from({ length: 14 }, (_, i) => ({
      ...lane(`${i}`, 40 + i, 150),
      name: `ResNet-32, learned scale ${i}`,
    }));
    const steps = stepScale('linear', [0, 150], 34, 214);
    const narrow = { series: lanes, window: 30, baseline, plotArea: plotAreaOf(344, 300, 130), steps, y };
    const { ends } = endLabels(narrow);
    const rows = ends.flatMap((end) => end.rows);
    expect(rows).toHaveLength(14);
    for (const { text } of rows) expect(text).toMatch(/…$/);
    const heights = rows.map((row) => row.y).toSorted((a, b) => a - b);
    for (const [i, height] of heights.entries()) if (i > 0) expect(height - (heights[i - 1] ?? 0)).toBeGreaterThan(12);
    expect(endLabels({ ...narrow, series: lanes.slice(0, 2) }).ends.map((end) => end.rows.length)).toEqual([2, 2]);
  });
  it('says nothing of a lane that has not begun', () => {
    expect(labelsOf([lane('a', 50, 0)]).ends).toEqual([]);
  });
});

describe('horizon', () => {
  it('is the end of the race, doubled when training passes it', () => {
    expect(xMax(150, [])).toBe(150);
    expect(xMax(150, [lane('a', 50, 150)])).toBe(150);
    expect(xMax(150, [lane('a', 50, 151)])).toBe(300);
    expect(xMax(150, [lane('a', 50, 700)])).toBe(1200);
  });
});
