import { describe, expect, it } from 'vitest';
import { stripGeometry } from './geometry.ts';
import { rulerFor, stripWidth } from './ruler.ts';
import type { StripShape } from './shape.ts';

const basic = (depth: number): StripShape => ({
  stages: Array<number>(3).fill((depth - 2) / 6),
  layersPerBlock: 2,
  hasPlaces: true,
  heads: 1,
});
const bottleneck = (depth: number): StripShape => ({
  stages: Array<number>(3).fill((depth - 2) / 9),
  layersPerBlock: 3,
  hasPlaces: true,
  heads: 1,
});
const room = { width: 640, rows: 'usual', touch: false } as const;

function geometryOf(shape: StripShape, width = 640) {
  return stripGeometry(shape, rulerFor([shape], { ...room, width }));
}

describe('rulerFor', () => {
  it('lets the longest strip fill the room', () => {
    const shapes = [basic(8), basic(32)];
    const ruler = rulerFor(shapes, room);
    expect(ruler.pitch).toBeGreaterThan(14);
    expect(ruler.pitch).toBeLessThan(42);
    expect(stripWidth(basic(32), ruler.pitch)).toBeCloseTo(640, 6);
    expect(rulerFor([...shapes].reverse(), room)).toEqual(ruler);
  });
  it('keeps the pitch within limits', () => {
    expect(rulerFor([basic(8)], room).pitch).toBe(42);
    expect(rulerFor([basic(8)], { ...room, width: 1200 }).pitch).toBe(46);
    expect(rulerFor([basic(110)], room).pitch).toBe(14);
    expect(rulerFor([basic(110)], { ...room, touch: true }).pitch).toBe(26);
    expect(rulerFor([], room).pitch).toBe(42);
  });
  it('fills a room of any width without a pixel too much', () => {
    for (let width = 420; width <= 800; width++) expect(geometryOf(basic(32), width).width).toBeLessThanOrEqual(width);
  });
  it('makes bars lower when dense', () => {
    const [sparse, dense] = [rulerFor([basic(20)], room), rulerFor([basic(20)], { ...room, rows: 'dense' })];
    expect(dense.barHeights[0]).toBeCloseTo((sparse.barHeights[0] ?? 0) * 0.86);
    expect(dense.height).toBeLessThan(46);
  });
});

describe('stripGeometry', () => {
  it.each([8, 20, 32, 56, 110])('has as many bars as a basic net of %i layers has layers', (depth) => {
    const { blocks } = geometryOf(basic(depth));
    expect(2 + blocks.flatMap((block) => block.bars).length).toBe(depth);
  });
  it.each([29, 164])('has as many bars as a bottleneck net of %i layers has layers', (depth) => {
    const { blocks } = geometryOf(bottleneck(depth));
    expect(2 + blocks.flatMap((block) => block.bars).length).toBe(depth);
  });
  it('numbers blocks from 1 over all stages', () => {
    const { blocks } = geometryOf({ stages: [1, 2, 1], layersPerBlock: 2, hasPlaces: true, heads: 1 });
    expect(blocks.map((block) => [block.index, block.stage])).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 2],
    ]);
  });
  it('lets neighbours of one stage share a foot', () => {
    const { blocks } = geometryOf(basic(32));
    for (const [i, block] of blocks.entries()) {
      const next = blocks[i + 1];
      if (!next) break;
      if (next.stage === block.stage) expect(next.from).toBe(block.to);
      else expect(next.from).toBeGreaterThan(block.to);
    }
  });
  it('keeps one pitch for all lanes of a race', () => {
    const shapes = [basic(8), basic(56)];
    const ruler = rulerFor(shapes, { ...room, width: 900 });
    const [short, long] = shapes.map((shape) => stripGeometry(shape, ruler));
    expect(short?.blocks[0]?.column).toEqual(long?.blocks[0]?.column);
    expect(short?.width).toBeLessThan(long?.width ?? 0);
  });
  it('is as wide as the ruler says', () => {
    for (const shape of [basic(8), basic(32), bottleneck(29)]) {
      expect(geometryOf(shape).width).toBe(Math.ceil(stripWidth(shape, rulerFor([shape], room).pitch)));
    }
  });
  it('raises arcs over the bars and within the row', () => {
    for (const rows of ['usual', 'low', 'dense'] as const) {
      const ruler = rulerFor([basic(56)], { ...room, rows });
      for (const block of stripGeometry(basic(56), ruler).blocks) {
        expect(block.top).toBeLessThan(Math.min(...block.bars.map((bar) => bar.y)));
        expect(block.top).toBeGreaterThan(0);
      }
    }
  });
  it('keeps bars apart and in order', () => {
    const { stem, heads, blocks } = geometryOf(bottleneck(29));
    const row = [stem, ...blocks.flatMap((block) => block.bars), ...heads];
    for (const [i, bar] of row.entries()) {
      const next = row[i + 1];
      if (next) expect(next.x).toBeGreaterThan(bar.x + bar.width);
    }
  });
});
