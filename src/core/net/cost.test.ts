import { describe, expect, test } from 'vitest';
import { ZOO_NETS } from '../../testing/zoo-nets.ts';
import { PRESETS } from '../experiment/presets.ts';
import { countParameters, layersOf, multiplyAdds } from './cost.ts';
import { buildGraph } from './graph.ts';
import { makeNet, netName, type ShortcutType } from './net.ts';
import { makeImageNetNet } from './zoo.ts';

/** Table 6 of the paper and its section 4.2, counted exactly. */
const CIFAR = [
  { depth: 20, parameters: 269_722, millions: '40.55' },
  { depth: 32, parameters: 464_154, millions: '68.86' },
  { depth: 44, parameters: 658_586, millions: '97.17' },
  { depth: 56, parameters: 853_018, millions: '125.49' },
  { depth: 110, parameters: 1_727_962, millions: '252.89' },
  { depth: 1202, parameters: 19_421_274, millions: '2829.24' },
];

describe.each(CIFAR)('a CIFAR net of depth $depth', ({ depth, parameters, millions }) => {
  test.each(['plain', 'residual'] as const)('%s costs what the paper says', (family) => {
    const graph = buildGraph(makeNet(family, depth, { width: 16 }), 32, 10);
    const n = (depth - 2) / 6;
    expect(countParameters(graph)).toBe(parameters);
    expect(countParameters(graph)).toBe(97_216 * n - 21_926);
    expect(multiplyAdds(graph)).toBe(14_155_776 * n - 1_916_288);
    expect((multiplyAdds(graph) / 1e6).toFixed(2)).toBe(millions);
    expect(graph.nodes.filter(({ op }) => op === 'conv' || op === 'dense')).toHaveLength(depth);
  });
});

test.each<ShortcutType>(['A', 'B', 'C'])('twins of option %s have the same parameters', (option) => {
  const [plain, residual] = (['plain', 'residual'] as const).map((family) =>
    buildGraph(makeNet(family, 20, { option }), 16, 4),
  );
  expect(plain).toEqual(residual);
});

test('projections add parameters: two of them in option B, one a block in option C', () => {
  const count = (option: ShortcutType) =>
    countParameters(buildGraph(makeNet('residual', 20, { width: 16, option }), 32, 10));
  const projection = (from: number, to: number) => from * to + 2 * to;
  expect(count('B') - count('A')).toBe(projection(16, 32) + projection(32, 64));
  expect(count('C') - count('B')).toBe(3 * projection(16, 16) + 2 * projection(32, 32) + 2 * projection(64, 64));
});

test('a bottleneck net has 9n + 2 weighted layers on its main path', () => {
  const graph = buildGraph(makeNet('residual', 29, { block: 'bottleneck' }), 16, 4);
  const weighted = graph.nodes.filter(
    ({ op, name }) => (op === 'conv' || op === 'dense') && !name.includes('shortcut'),
  );
  expect(weighted).toHaveLength(29);
});

test('a training step of the default nets takes the operations that the experiments were chosen by', () => {
  const perStep = PRESETS.degradation.lanes.map(({ net }) => (6 * multiplyAdds(buildGraph(net, 16, 10))) / 1e6);
  // 4.76 and 25.99 MFLOP an image and step, forward and backward.
  expect(perStep[0]).toBeCloseTo(4.76, 2);
  expect(perStep[1]).toBeCloseTo(25.99, 2);
});

describe.each(ZOO_NETS.map((net) => ({ name: netName(net), net })))('$name', ({ net }) => {
  const graph = buildGraph(net, 224, 1000);
  const { layers, skips, depth } = layersOf(graph);

  test('is drawn as deep as it is, with a layer at every level', () => {
    expect(depth).toBe(net.depth);
    expect(new Set(layers.map(({ level }) => level)).size).toBe(net.depth);
  });

  test('has its costs in its layers, but for projections', () => {
    const sum = (of: 'parameters' | 'multiplyAdds') => layers.reduce((all, layer) => all + layer[of], 0);
    const projects = skips.some(({ kind }) => kind === 'projection');
    if (projects) {
      expect(sum('parameters')).toBeLessThan(countParameters(graph));
      expect(sum('multiplyAdds')).toBeLessThan(multiplyAdds(graph));
    } else {
      expect(sum('parameters')).toBe(countParameters(graph));
      expect(sum('multiplyAdds')).toBe(multiplyAdds(graph));
    }
  });

  test('has a place for a shortcut around each block', () => {
    expect(skips.map(({ block }) => block)).toEqual(net.gains.map((_, index) => index + 1));
  });
});

test('shortcuts of ResNet-34 span two layers, and three of them change the dimension', () => {
  const { skips } = layersOf(buildGraph(makeImageNetNet('residual', 34), 224, 1000));
  expect(new Set(skips.map(({ from, to }) => to - from))).toEqual(new Set([2]));
  expect(skips.filter(({ kind }) => kind === 'projection').map(({ block }) => block)).toEqual([4, 8, 14]);
});
