import { describe, expect, it } from 'vitest';
import type { Segment } from '../labels/placement.ts';
import { plotAreaOf } from '../plot-area.ts';
import { depthLabels, type PlacedPoint } from './depth-labels.ts';

function point(name: string, x: number, y: number, error: number, diverged?: number): PlacedPoint {
  const family = name.startsWith('plain') ? 'plain' : 'residual';
  const series = { id: name, name, family, lightness: 0, depth: 32, errors: [], steps: 1, tests: [] } as const;
  const stopped = diverged !== undefined;
  return { series: { ...series, diverged }, error, spread: null, stopped, offset: 0, x, y, top: y, bottom: y };
}

function labels(points: readonly PlacedPoint[], width = 420, lines: readonly Segment[] = []) {
  const plotArea = plotAreaOf(width, 320, 66);
  const [plain, twin] = points;
  const arrow =
    plain === undefined || twin === undefined
      ? null
      : { x0: twin.x, y0: plain.y + 10, x1: twin.x, y1: twin.y - 10, twin, text: 'with shortcuts −20.8' };
  return depthLabels({ points, lines, lineEnds: [], arrow, baseline: null, plotArea, hoveredId: null });
}

describe('depthLabels', () => {
  it('names few nets beside their numbers, and says what the arrow between twins means', () => {
    const placed = labels([point('plain-32', 200, 90, 66.1), point('ResNet-32', 200, 210, 45.3)]);
    expect(placed.map(({ text, value }) => [text, value])).toEqual([
      ['plain-32', '66.1'],
      ['ResNet-32', '45.3'],
      ['with shortcuts −20.8', ''],
    ]);
    expect(placed.every(({ x }) => x > 200)).toBe(true);
  });

  it('names a net below the line that rises from it', () => {
    const [shallow, deep] = [point('plain-8', 100, 200, 55.5), point('plain-32', 250, 150, 69.2)];
    const [name] = labels([shallow, deep], 420, [{ x0: shallow.x, y0: shallow.y, x1: deep.x, y1: deep.y }]);
    expect(name?.x).toBeGreaterThan(shallow.x);
    expect(name?.y).toBeGreaterThan(shallow.y + 10);
  });

  it('gives many nets their numbers alone', () => {
    const depths = [80, 130, 180, 230, 280];
    const placed = labels(depths.map((x, index) => point(`plain-${index}`, x, 150, 60 + index)));
    expect(placed.filter(({ kind }) => kind === 'value').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['60.0', '64.0']),
    );
    expect(placed.filter(({ text }) => text.startsWith('plain'))).toEqual([]);
  });

  it('writes no number beside the cross of a net that has diverged: its error was that of another step', () => {
    const nets = [80, 130, 180, 230].map((x, index) => point(`plain-${index}`, x, 150, 60 + index));
    const lost = point('ResNet-32', 280, 90, 79.7, 3);
    const texts = (points: readonly PlacedPoint[]) => labels(points).flatMap(({ text, value }) => [text, value]);
    expect(texts([...nets.slice(0, 1), lost])).toEqual(expect.arrayContaining(['ResNet-32', 'diverged']));
    expect(texts([...nets.slice(0, 1), lost])).not.toContain('79.7');
    expect(texts([...nets, lost])).toEqual(expect.arrayContaining(['60.0', '63.0']));
    expect(texts([...nets, lost])).not.toContain('79.7');
  });

  it('leaves all names out where one has no room', () => {
    const crowd = [150, 156, 162].map((y, index) => point(`ResNet-${index}`, 200 + index, y, 50 + index));
    const texts = labels(crowd, 250).map(({ text }) => text);
    expect(texts).not.toEqual([]);
    expect(texts.some((text) => text.startsWith('ResNet'))).toBe(false);
  });
});
