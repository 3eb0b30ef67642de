import { describe, expect, test } from 'vitest';
import { ZOO_NETS } from '../../testing/zoo-nets.ts';
import { parseExperiment } from '../experiment/parse/parse.ts';
import { countParameters, multiplyAdds } from './cost.ts';
import { buildGraph } from './graph.ts';
import { type NetSpec, netName, stageOf, type Variant } from './net.ts';
import { IMAGENET, makeAlexNet, makeGoogLeNet, makeImageNetNet, makeVgg } from './zoo.ts';

const costs = (net: NetSpec) => {
  const graph = buildGraph(net, IMAGENET.size, IMAGENET.classes);
  return { parameters: countParameters(graph), billions: multiplyAdds(graph) / 1e9 };
};

/** Counted by PyTorch from torchvision's nets, GoogLeNet's without its auxiliary heads. */
const PYTORCH: readonly (readonly [NetSpec, number])[] = [
  [makeImageNetNet('residual', 18, { form: 'pytorch' }), 11_689_512],
  [makeImageNetNet('residual', 34, { form: 'pytorch' }), 21_797_672],
  [makeImageNetNet('residual', 50, { form: 'pytorch' }), 25_557_032],
  [makeImageNetNet('residual', 101, { form: 'pytorch' }), 44_549_160],
  [makeImageNetNet('residual', 152, { form: 'pytorch' }), 60_192_808],
  [makeVgg(16), 138_357_544],
  [makeVgg(19), 143_667_240],
  [makeVgg(16, { norm: true }), 138_365_992],
  [makeVgg(19, { norm: true }), 143_678_248],
  [makeAlexNet({ form: 'pytorch' }), 61_100_840],
  [makeGoogLeNet({ form: 'pytorch' }), 6_624_904],
];

test.each(PYTORCH)('%o has as many parameters as in PyTorch', (net, parameters) => {
  expect(costs(net).parameters).toBe(parameters);
});

test('AlexNet in two groups has 60,965,224 parameters, GoogLeNet with 5x5 convolutions and biases 6,998,552', () => {
  expect(costs(makeAlexNet()).parameters).toBe(60_965_224);
  expect(costs(makeGoogLeNet()).parameters).toBe(6_998_552);
});

test.each(['paper', 'pytorch'] satisfies Variant[])('where bottlenecks stride costs no parameters (%s)', (form) => {
  expect(costs(makeImageNetNet('residual', 50, { form })).parameters).toBe(25_557_032);
});

test('option A costs nothing, B the projections between stages, C one a block', () => {
  const [a, b, c] = (['A', 'B', 'C'] as const).map((option) => {
    return costs(makeImageNetNet('residual', 34, { option })).parameters;
  });
  const projection = (from: number, to: number) => from * to + 2 * to;
  const between = projection(64, 128) + projection(128, 256) + projection(256, 512);
  expect(a).toBe(costs(makeImageNetNet('plain', 34)).parameters);
  expect((b ?? 0) - (a ?? 0)).toBe(between);
  const within =
    3 * projection(64, 64) + 3 * projection(128, 128) + 5 * projection(256, 256) + 2 * projection(512, 512);
  expect((c ?? 0) - (b ?? 0)).toBe(within);
});

/** Table 1, and VGG's as figure 3 has them. */
const BILLIONS: readonly (readonly [NetSpec, number])[] = [
  [makeImageNetNet('plain', 18), 1.8],
  [makeImageNetNet('plain', 34), 3.6],
  [makeImageNetNet('residual', 50), 3.8],
  [makeImageNetNet('residual', 101), 7.6],
  [makeImageNetNet('residual', 152), 11.3],
  [makeVgg(16), 15.3],
  [makeVgg(19), 19.6],
];

test.each(BILLIONS)('%o costs what the paper says, within 2%%', (net, billions) => {
  expect(Math.abs(costs(net).billions / billions - 1)).toBeLessThan(0.02);
});

test("plain-34 needs 18% of VGG-19's multiply-adds", () => {
  const share = costs(makeImageNetNet('plain', 34)).billions / costs(makeVgg(19)).billions;
  expect(Math.floor(100 * share)).toBe(18);
});

describe.each(ZOO_NETS.map((net) => ({ name: netName(net), net })))('$name', ({ net }) => {
  const weighted = (size: number) =>
    buildGraph(net, size, 10).nodes.filter(
      ({ op, name }) => (op === 'conv' || op === 'dense') && !name.includes('shortcut'),
    );

  test('is as deep as its name says', () => {
    const counted = weighted(224).length;
    // GoogLeNet's depth counts a module of four branches as two layers, of its six convolutions.
    expect(net.design === 'googlenet' ? counted - 9 * 4 : counted).toBe(net.depth);
  });

  test.each([8, 16, 32, 64])('can be made for images of %i pixels, and keeps its layers', (size) => {
    expect(weighted(size)).toHaveLength(weighted(224).length);
  });

  test('goes through a link', () => {
    const experiment = parseExperiment({ lanes: [{ net }] });
    expect(experiment.lanes[0]).toEqual({ name: netName(net), net });
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });
});

test('outputs are 112, 56, 28, 14 and 7 pixels', () => {
  const { nodes } = buildGraph(makeImageNetNet('residual', 50), 224, 1000);
  const sizes = [
    'stem.relu',
    'stem.pool',
    'stage1.block3.relu',
    'stage2.block4.relu',
    'stage3.block6.relu',
    'stage4.block3.relu',
  ];
  expect(sizes.map((each) => nodes.find(({ name }) => name === each)?.shape[0])).toEqual([112, 56, 56, 28, 14, 7]);
});

test('a block knows its stage', () => {
  const net = makeImageNetNet('residual', 34);
  expect(net.gains.map((_, index) => stageOf(net, index + 1)).join('')).toBe('1112222333333444');
});

test('what a link says of a net is filled in or refused', () => {
  const first = (net: unknown) => parseExperiment({ lanes: [{ net }] }).lanes[0]?.net;
  expect(first({ design: 'vgg', depth: 19 })).toEqual(makeVgg(19, { width: 8 }));
  expect(first({ design: 'imagenet', family: 'residual', depth: 50 })).toEqual(
    makeImageNetNet('residual', 50, { width: 8 }),
  );
  expect(() => first({ design: 'vgg', depth: 20 })).toThrow('experiment.lanes.0.net.depth: 20 is not one of 16, 19');
  expect(() => first({ design: 'lenet' })).toThrow(
    'experiment.lanes.0.net.design: "lenet" is not one of imagenet, vgg, alexnet, googlenet',
  );
  expect(() => first({ design: 'imagenet', family: 'plain', depth: 18, gains: [0] })).toThrow(
    'experiment.lanes.0.net.gains: 1 gain for 8 blocks; give one per block',
  );
});
