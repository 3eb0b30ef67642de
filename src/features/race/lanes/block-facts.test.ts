import { describe, expect, test } from 'vitest';
import type { BlockChoices } from '../../../core/net/choices.ts';
import { countParameters } from '../../../core/net/cost.ts';
import { buildGraph } from '../../../core/net/graph.ts';
import { blockCount, makeNet, type NetSpec } from '../../../core/net/net.ts';
import { blockFacts } from './block-facts.ts';

const facts = (net: NetSpec, block: number, gain = 1) => blockFacts(buildGraph(net, 16, 4), block, gain);

/** Number of parameters of a batch norm: scale and shift. */
const norm = (channels: number) => 2 * channels;

describe('a basic block', () => {
  const net = makeNet('residual', 20);

  test('where the shape stays has two convolutions and an identity', () => {
    expect(facts(net, 1)).toEqual({
      layers: ['3×3 convolution, 8 ch, 16×16', '3×3 convolution, 8 ch, 16×16'],
      parameters: 2 * (9 * 8 * 8 + norm(8)),
      shortcut: 'Shortcut: identity',
    });
  });

  test('where the shape changes says from what to what, and how the shortcut follows', () => {
    expect(facts(net, 4)).toEqual({
      layers: ['3×3 convolution, 8 → 16 ch, 8×8', '3×3 convolution, 16 ch, 8×8'],
      parameters: 9 * 8 * 16 + 9 * 16 * 16 + 2 * norm(16),
      shortcut: 'Shortcut: every second pixel, new channels zero',
    });
  });

  test('of option B has a projection where the shape changes, and counts its weights', () => {
    const option = { option: 'B' } as const;
    expect(facts(makeNet('residual', 20, option), 5).shortcut).toBe('Shortcut: identity');
    const { shortcut, parameters, layers } = facts(makeNet('residual', 20, option), 4);
    expect(shortcut).toBe('Shortcut: 1×1 projection');
    expect(layers).toHaveLength(2);
    expect(parameters).toBe(facts(net, 4).parameters + 8 * 16 + norm(16));
  });

  test('of option C has a projection everywhere', () => {
    expect(facts(makeNet('residual', 20, { option: 'C' }), 2).shortcut).toBe('Shortcut: 1×1 projection');
  });
});

describe('the shortcut of a block', () => {
  const withChoices = (choices: BlockChoices, block: number) =>
    facts(makeNet('residual', 20, { choices }), block).shortcut;

  test('with a gain of 0 is none, whatever the graph has', () => {
    const net = makeNet('plain', 20, { option: 'C' });
    expect(facts(net, 1, 0).shortcut).toBe('No shortcut around this block');
    expect(facts(net, 1, 0.5).shortcut).toBe('Shortcut: 1×1 projection');
  });

  test('that has a gate or dropout is not what comes in', () => {
    const gated = { shortcut: { type: 'highway', bias: -2 } } as const;
    expect([1, 4].map((block) => withChoices(gated, block))).toEqual([
      'Shortcut: identity, gated',
      'Shortcut: every second pixel, new channels zero, gated',
    ]);
    const dropped = { shortcut: { type: 'dropout', rate: 0.5 } } as const;
    expect(withChoices(dropped, 1)).toBe('Shortcut: identity, with dropout');
    const projected = makeNet('residual', 20, { option: 'C', choices: dropped });
    expect(facts(projected, 1).shortcut).toBe('Shortcut: 1×1 projection, with dropout');
  });
});

describe('a bottleneck', () => {
  const net = makeNet('residual', 29, { block: 'bottleneck' });

  test('has three convolutions', () => {
    expect(facts(net, 2).layers).toEqual([
      '1×1 convolution, 32 → 8 ch, 16×16',
      '3×3 convolution, 8 ch, 16×16',
      '1×1 convolution, 8 → 32 ch, 16×16',
    ]);
  });

  test('at the start widens the stem’s channels without a stride', () => {
    expect(facts(net, 1).shortcut).toBe('Shortcut: identity, new channels zero');
    expect(facts(net, 4).shortcut).toBe('Shortcut: every second pixel, new channels zero');
  });
});

test('RepVGG’s branches share a line, and the convolution of a gate says what it is', () => {
  expect(facts(makeNet('plain', 20, { choices: { rep: true } }), 1).layers).toEqual([
    '3×3 convolution, 8 ch, 16×16',
    '3×3 convolution, 8 ch, 16×16',
    'Beside each: a 1×1 convolution and, where the shape stays, a norm alone',
  ]);
  const highway = makeNet('residual', 20, { choices: { shortcut: { type: 'highway', bias: -2 } } });
  expect(facts(highway, 1).layers.at(-1)).toBe('Gate: 1×1 convolution, 8 ch, 16×16');
});

test.each([
  makeNet('plain', 20),
  makeNet('residual', 20, { option: 'C' }),
  makeNet('residual', 29, { block: 'bottleneck', option: 'B' }),
])('the blocks of $family-$depth $option, the stem and the head have all the parameters there are', (net) => {
  const graph = buildGraph(net, 16, 4);
  const blocks = Array.from({ length: blockCount(net) }, (_, index) => blockFacts(graph, index + 1, 1).parameters);
  const stem = 9 * 3 * 8 + norm(8);
  const channels = 32 * (net.block === 'bottleneck' ? 4 : 1);
  const head = 4 * channels + 4;
  expect(stem + head + blocks.reduce((sum, each) => sum + each, 0)).toBe(countParameters(graph));
});
