import { expect, test } from 'vitest';
import { buildGraph } from '../../core/net/graph.ts';
import { makeNet, type NetSpec } from '../../core/net/net.ts';
import { makeImageNetNet } from '../../core/net/zoo.ts';
import { compile } from '../graph/compile.ts';
import { blockValues } from './layers.ts';

const inputs = (net: NetSpec, size: number) =>
  [1, 2].map((block) => blockValues(compile(buildGraph(net, size, 10)), block).input);

test('a block reads the block before it, the first one the stem, or the pool behind that', () => {
  expect(inputs(makeNet('residual', 8), 16)).toEqual(['stem.relu', 'stage1.block1.relu']);
  const large = makeImageNetNet('residual', 18, { width: 8 });
  expect(inputs(large, 32)).toEqual(['stem.relu', 'stage1.block1.relu']);
  expect(inputs(large, 64)).toEqual(['stem.pool', 'stage1.block1.relu']);
});

test('a block that the net does not have is refused', () => {
  expect(() => blockValues(compile(buildGraph(makeNet('plain', 8), 16, 10)), 4)).toThrow(
    'block: 4 is not one of 1 to 3',
  );
});
