import { describe, expect, test } from 'vitest';
import { countParameters, multiplyAdds } from './cost.ts';
import { FAMILY_NETS, makeImageNetNet } from './family.ts';
import { buildGraph } from './graph.ts';
import { layersOf } from './layers.ts';
import { netName } from './net.ts';

describe.each(FAMILY_NETS.map((net) => ({ name: netName(net), net })))('$name', ({ net }) => {
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
