import { expect, test } from 'vitest';
import { blockPlan } from './nets.ts';

test('the two blocks of figure 5 cost about the same', () => {
  const [basic, bottleneck] = [blockPlan(34), blockPlan(50)];
  expect(basic.layers.map(({ kernel, from, to }) => [kernel, from, to])).toEqual([
    [3, 64, 64],
    [3, 64, 64],
  ]);
  expect(bottleneck.layers.map(({ kernel, from, to }) => [kernel, from, to])).toEqual([
    [1, 256, 64],
    [3, 64, 64],
    [1, 64, 256],
  ]);
  expect(basic.weights).toBe(2 * 9 * 64 * 64);
  expect(bottleneck.weights).toBe(2 * 256 * 64 + 9 * 64 * 64);
  expect(bottleneck.multiplyAdds / basic.multiplyAdds).toBeCloseTo(0.944, 3);
  expect(bottleneck.input).toEqual([56, 56, 256]);
});
