import { expect, test } from 'vitest';
import { longest, placeLanes } from './placement.ts';

const lanes = (...costs: readonly number[]) => costs.map((cost, index) => ({ name: `${index}`, cost, shard: 0 }));

function placed(costs: readonly number[], shards: number): number {
  const places = placeLanes(lanes(...costs), shards);
  return longest(lanes(...costs).map((lane) => ({ ...lane, shard: places.get(lane.name) ?? 0 })));
}

test('the longest shard is as short as it can be for twins, sweeps and mixed depths', () => {
  expect(placed([20, 20, 56, 56], 2)).toBe(76);
  expect(placed(new Array(12).fill(1), 2)).toBe(6);
  expect(placed(new Array(12).fill(1), 4)).toBe(3);
  expect(placed([8, 7, 6, 5, 4], 2)).toBeLessThanOrEqual(17);
});

test('lanes stay where they are if moving saves little, and move as few as possible', () => {
  const settled = lanes(10, 10, 10, 10).map((lane, index) => ({ ...lane, shard: index % 2 }));
  expect([...placeLanes(settled, 2)]).toEqual([
    ['0', 0],
    ['1', 1],
    ['2', 0],
    ['3', 1],
  ]);
  const swapped = lanes(30, 10, 10, 10).map((lane, index) => ({ ...lane, shard: index === 0 ? 1 : 0 }));
  expect(placeLanes(swapped, 2).get('0')).toBe(1);
});
