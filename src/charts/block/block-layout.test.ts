import { expect, test } from 'vitest';
import { type BlockPart, blockLayout } from './block-layout.ts';

const chain = (ids: readonly string[]): readonly BlockPart[] =>
  ids.map((id, index) => ({ id, label: id, type: 'conv', inputs: [{ from: ids[index - 1] ?? 'x' }] }));

const sum = (branch: string, shortcut: string, gain = 1): BlockPart => ({
  id: 'sum',
  label: '+',
  type: 'join',
  inputs: [{ from: branch }, { from: shortcut, gain }],
});

const placed = (parts: readonly BlockPart[], width = 300) => {
  const layout = blockLayout(parts, width);
  return { layout, at: (id: string) => layout.parts.find((part) => part.id === id) };
};

test('the layers stand on one axis from left to right, and the shortcut goes over them', () => {
  const { layout, at } = placed([...chain(['a', 'b']), sum('b', 'x', 0.5)]);
  const middles = ['a', 'b', 'sum'].map((id) => at(id)).map((box) => (box ? box.y + box.height / 2 : 0));
  expect(new Set(middles)).toEqual(new Set([layout.axis]));
  expect((at('a')?.x ?? 0) < (at('b')?.x ?? 0)).toBe(true);
  const shortcut = layout.arrows.find(({ gain }) => gain !== undefined);
  expect(shortcut?.gain).toBe(0.5);
  expect((shortcut?.at.y ?? 0) < (at('a')?.y ?? 0)).toBe(true);
});

test('what is on the shortcut stands over the layers, with the gain behind it', () => {
  const projection: BlockPart = { id: 'p', label: 'p', type: 'conv', inputs: [{ from: 'x' }] };
  const { layout, at } = placed([...chain(['a', 'b']), projection, sum('b', 'p')]);
  expect((at('p')?.y ?? 0) + (at('p')?.height ?? 0) < (at('a')?.y ?? 0)).toBe(true);
  expect(layout.arrows.filter(({ gain }) => gain === 1)).toHaveLength(1);
  // x to a, a to b, b to the sum, the sum to y; x to p, p to the sum
  expect(layout.arrows).toHaveLength(6);
});

test('a plain chain has nothing over it', () => {
  expect(placed(chain(['a', 'b', 'c'])).layout.arrows).toHaveLength(4);
});

test('shortcuts over each other have rows of their own, the shortest lowest', () => {
  const { layout } = placed([
    ...chain(['a', 'b', 'c']),
    { id: 'all', label: 'concat', type: 'join', inputs: [{ from: 'c' }, { from: 'x' }, { from: 'a' }, { from: 'b' }] },
  ]);
  const heights = layout.arrows.flatMap(({ at, path }) => (path.includes('q') ? [at.y] : []));
  expect(new Set(heights).size).toBe(3);
});

test('a label that is too long for the room of its row stands upright, and the rows over it move up', () => {
  const beside: BlockPart = { id: 'beside', label: 'conv 1×1', type: 'conv', inputs: [{ from: 'x' }] };
  const both: BlockPart = { id: 'both', label: '+', type: 'join', inputs: [{ from: 'a' }, { from: 'beside' }] };
  const after: BlockPart = { id: 'b', label: 'b', type: 'conv', inputs: [{ from: 'both' }] };
  const parts = [...chain(['a']), beside, both, after, sum('b', 'x')];
  const [narrow, wide] = [placed(parts, 160), placed(parts, 600)];
  expect([narrow.at('beside')?.upright, wide.at('beside')?.upright]).toEqual([true, false]);
  expect(narrow.layout.height).toBeGreaterThan(wide.layout.height);
  const top = (narrow.at('beside')?.y ?? 0) - (narrow.layout.arrows.find(({ gain }) => gain === 1)?.at.y ?? 0);
  expect(top).toBeGreaterThan(0);
});

test('everything is within the width, at any number of layers', () => {
  for (const count of [1, 3, 8, 12]) {
    const ids = Array.from({ length: count }, (_, nth) => `layer ${nth}`);
    const { layout } = placed([...chain(ids), sum(ids.at(-1) ?? 'x', 'x')], 264);
    for (const { x, width } of layout.parts) {
      expect(x).toBeGreaterThan(0);
      expect(x + width).toBeLessThan(264);
    }
  }
});

test('a label lies where it has room, and a box is as high as the label that stands in it', () => {
  const labelled = (label: string, id: string, from: string): BlockPart => ({
    ...{ id, label, type: 'other' },
    inputs: [{ from }],
  });
  const long = 'left out at random';
  const parts = [labelled('norm', 'a', 'x'), labelled(long, 'b', 'a'), labelled('门', 'c', 'b'), sum('c', 'x')];
  const { at } = placed([...parts, labelled('ReLU', 'd', 'sum'), labelled('卷积 3×3', 'e', 'd')], 264);
  expect(['a', 'b', 'c', 'e'].map((id) => at(id)?.upright)).toEqual([true, true, false, true]);
  expect(at('b')?.height).toBeGreaterThan(long.length * 5);
  expect(at('a')?.height).toBe(at('b')?.height);
  // Signs of Chinese are as wide as they are high.
  expect(placed(chain(['卷积 3×3', 'b', 'c', 'd', 'e']), 330).at('卷积 3×3')?.upright).toBe(true);
});
