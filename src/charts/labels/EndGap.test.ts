import { describe, expect, it } from 'vitest';
import type { Series } from '../series/series.ts';
import { gapLine } from './EndGap.tsx';
import type { EndLabel } from './EndLabels.tsx';

const series = (id: string): Series => ({
  id,
  name: id,
  family: 'plain',
  lightness: 0,
  depth: 8,
  errors: [],
  steps: 0,
  tests: [],
});
const end = (id: string, y: number, more: Partial<EndLabel> = {}): EndLabel => ({
  series: series(id),
  ends: true,
  value: '50.0',
  rows: [{ text: id, y }],
  x0: 300,
  y0: y,
  x: 314,
  to: 400,
  ...more,
});
const gap = { worse: 'plain-32', better: 'plain-8', points: 14 };

describe('the line of a gap', () => {
  it('joins the ends of both curves, and bears the number of the story', () => {
    expect(gapLine(gap, [end('plain-8', 160), end('plain-32', 100)], 80)).toEqual({
      x: 300,
      top: 108,
      bottom: 152,
      text: '14 points',
    });
  });
  it.each([
    ['the ends are close', [end('plain-8', 140), end('plain-32', 100)]],
    ['another net ends between them', [end('plain-8', 160), end('plain-32', 100), end('ResNet-32', 130)]],
    ['one is out of view', [end('plain-8', 160, { ends: false }), end('plain-32', 100)]],
    ['they are not at the same step', [end('plain-8', 160, { x0: 200 }), end('plain-32', 100)]],
    ['one is missing', [end('plain-8', 160)]],
  ])('is left out where %s', (_, ends) => {
    expect(gapLine(gap, ends, null)).toBeNull();
  });
  it('is left out where its number would lie on the baseline', () => {
    expect(gapLine(gap, [end('plain-8', 160), end('plain-32', 100)], 130)).toBeNull();
  });
});
