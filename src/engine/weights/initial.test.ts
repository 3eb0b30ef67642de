import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet, type NetSpec } from '../../core/net/net.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { initialValues } from './initial.ts';

const HE_3X3 = { name: 'w', shape: [3, 3, 4, 6], initial: { type: 'he', fanIn: 36 } } as const;
/** The filters of [3, 3, in, out] weights, each with its products with itself and all others. */
function products(values: ArrayLike<number>, filters: number): readonly number[] {
  const filter = (nth: number) => Array.from(values).filter((_, at) => at % filters === nth);
  const all = Array.from({ length: filters }, (_, nth) => filter(nth));
  return all.flatMap((one) => all.map((other) => one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)));
}

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

  test('of an identity start are the identity on the first channels, and a share of the same normal numbers', () => {
    const he = initialValues(HE_3X3, 1);
    const values = initialValues({ ...HE_3X3, initial: { type: 'identity', share: 0.1, fanIn: 36 } }, 1);
    const centre = 4 * 4 * 6;
    const expected = Array.from(he, (value, at) => {
      const [row, column] = [Math.floor((at - centre) / 6), (at - centre) % 6];
      return 0.1 * value + (row >= 0 && row < 4 && row === column ? 1 : 0);
    });
    expect(Math.max(...expected.map((value, at) => Math.abs(value - (values[at] ?? 0))))).toBeLessThan(1e-7);
  });

  test.each([
    { type: 'orthogonal', shape: [3, 3, 4, 6] },
    { type: 'delta-orthogonal', shape: [3, 3, 6, 6] },
    { type: 'orthogonal', shape: [1, 1, 16, 4] },
  ] as const)('of an $type start have orthogonal filters of norm sqrt(2), $shape', ({ type, shape }) => {
    const values = initialValues({ name: 'w', shape, initial: { type, fanIn: 1 } }, 3);
    const expected = Array.from({ length: shape[3] ** 2 }, (_, at) => (at % (shape[3] + 1) === 0 ? 2 : 0));
    products(values, shape[3]).forEach((product, at) => {
      expect(product).toBeCloseTo(expected[at] ?? 0, 5);
    });
  });

  test('of a delta-orthogonal start are 0 beside the centre, also where there are more filters than channels', () => {
    const values = initialValues({ ...HE_3X3, initial: { type: 'delta-orthogonal', fanIn: 36 } }, 1);
    const at = (from: number, to: number) => values.subarray(from * 24, to * 24);
    expect([...at(0, 4), ...at(5, 9)].every((value) => value === 0)).toBe(true);
    const inputs = Array.from({ length: 4 }, (_, channel) => at(4, 5).subarray(channel * 6, channel * 6 + 6));
    for (const [nth, one] of inputs.entries()) {
      for (const [other, values] of inputs.entries()) {
        const product = one.reduce((sum, value, i) => sum + value * (values[i] ?? 0), 0);
        expect(product).toBeCloseTo(nth === other ? 2 : 0, 5);
      }
    }
  });

  test('of a net with choices differ from those without where the choices say so, and nowhere else', () => {
    const usual = start(makeNet('residual', 8));
    const differing = (choices: NonNullable<Parameters<typeof makeNet>[2]>['choices']) => {
      const other = start(makeNet('residual', 8, choices && { choices }));
      return [...other.keys()].filter((name) => String(other.get(name)) !== String(usual.get(name)));
    };
    const names = [...usual.keys()];
    expect(differing(undefined)).toEqual([]);
    expect(differing({ start: { type: 'orthogonal' } })).toEqual(names.filter((name) => /block.*conv/.test(name)));
    expect(differing({ lastScale: 0 })).toEqual(names.filter((name) => name.includes('norm2.scale')));
    expect(differing({ shift: 2 })).toEqual(names.filter((name) => name.includes('shift')));
  });

  test('of a highway gate have a variance of one over their fan-in, half of what He’s have in front of a ReLU', () => {
    const highway = { shortcut: { type: 'highway', bias: -2 } } as const;
    const weights = start(makeNet('residual', 8, { width: 64, choices: highway }));
    const deviation = (name: string) =>
      Math.hypot(...(weights.get(name) ?? [])) / Math.sqrt(weights.get(name)?.length ?? 0);
    expect(deviation('stage1.block1.gate.conv.weight 1x1x64x64')).toBeCloseTo(Math.sqrt(1 / 64), 2);
    expect(deviation('stage1.block1.conv1.weight 3x3x64x64')).toBeCloseTo(Math.sqrt(2 / (9 * 64)), 3);
    expect(new Set(weights.get('stage1.block1.gate.conv.bias 64'))).toEqual(new Set([-2]));
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
