import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet, type NetSpec } from '../../core/net/net.ts';
import { listParameters } from '../../core/net/node.ts';
import { initialValues } from './initial.ts';

/** What a net starts with, by the parameter's name and shape. */
function start(net: NetSpec, seed = 1): ReadonlyMap<string, Float32Array> {
  const parameters = listParameters(buildGraph(net, 16, 4));
  return new Map(parameters.map((each) => [`${each.name} ${each.shape.join('x')}`, initialValues(each, seed)]));
}

describe('initial values', () => {
  test('are the same for twins', () => {
    expect(start(makeNet('plain', 20))).toEqual(start(makeNet('residual', 20)));
  });

  test.each([
    { what: 'depth', other: makeNet('residual', 20) },
    { what: 'shortcut option', other: makeNet('residual', 8, { option: 'C' }) },
  ])('do not change with the $what of the net around them', ({ other }) => {
    const [small, large] = [start(makeNet('residual', 8)), start(other)];
    expect(large.size).toBeGreaterThan(small.size);
    expect([...large].filter(([name]) => small.has(name))).toEqual([...small]);
  });

  test('differ between seeds and between parameters', () => {
    const [first, second] = [start(makeNet('plain', 8), 1), start(makeNet('plain', 8), 2)];
    const name = 'stage1.block1.conv1.weight 3x3x8x8';
    expect(first.get(name)).not.toEqual(second.get(name));
    expect(first.get(name)).not.toEqual(first.get('stage1.block1.conv2.weight 3x3x8x8'));
  });

  test("are He's normal, not truncated", () => {
    const values = initialValues({ name: 'w', shape: [3, 3, 64, 64], initial: { type: 'he', fanIn: 576 } }, 1);
    const deviation = Math.sqrt(2 / 576);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const beyond = (deviations: number) => values.filter((value) => Math.abs(value) > deviations * deviation).length;
    expect(Math.abs(mean) / deviation).toBeLessThan(0.02);
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 2);
    expect(beyond(2) / values.length).toBeCloseTo(0.0455, 2);
    expect(beyond(3.5)).toBeGreaterThan(0);
  });
});
