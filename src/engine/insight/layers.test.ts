import { tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_ORDERS, type BlockChoices, choiceWords } from '../../core/net/choices.ts';
import { buildGraph } from '../../core/net/graph.ts';
import { gainCount, makeNet, type NetSpec } from '../../core/net/net.ts';
import { makeImageNetNet } from '../../core/net/zoo.ts';
import { largestDifference } from '../../testing/engine/check.ts';
import { tinySubject } from '../../testing/engine/insight/tiny-subject.ts';
import { startDevice } from '../device/device.ts';
import { compile } from '../graph/compile.ts';
import { evaluate, forward } from '../graph/forward.ts';
import { withFixedStatistics } from './calibration.ts';
import { blockValues, branchAlone } from './layers.ts';
import { lesioned } from './lesions/lesioned.ts';
import { inScope } from './measurement.ts';
import { probeBranches } from './probes/branches.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

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

const CHOSEN: readonly BlockChoices[] = [
  ...BLOCK_ORDERS.map((order) => ({ order })),
  { norm: { type: 'none' } },
  { norm: { type: 'group', groups: 2 } },
  { norm: { type: 'none' }, shortcut: { type: 'scalar', start: 1 } },
  { shortcut: { type: 'highway', bias: -2 } },
  { shortcut: { type: 'dropout', rate: 0.5 } },
  { drop: 0.5 },
  { span: 1 },
  { rep: true },
];

describe('whatever the blocks are made of', () => {
  test.each(CHOSEN.map((choices) => [choiceWords(choices), choices] as const))(
    'a silenced branch leaves the shortcut, and is measured before:%s',
    async (_, choices) => {
      const subject = tinySubject(makeNet('residual', 8, { width: 4, choices }), 2);
      const { blocks } = await probeBranches(subject);
      expect(blocks).toHaveLength(gainCount({ depth: 8, block: 'basic', choices }));
      for (const { branch, ratio, weight } of blocks)
        for (const size of [branch, ratio, weight]) expect(size).toBeGreaterThan(0);
      const { values, without } = await inScope(async (scope) => {
        const lesion = { kind: 'branch', block: 1 } as const;
        const damaged = lesioned(subject, withFixedStatistics(subject, scope), lesion, scope);
        const images = tensor4d(subject.data.shown.images, [
          subject.data.shown.labels.length,
          subject.data.size,
          subject.data.size,
          3,
        ]);
        const { values, statistics } = forward(subject.program, damaged, images, 'running', true);
        for (const each of [values, statistics, images]) scope.own(each);
        const { input, output, sum } = blockValues(subject.program, 1);
        expect(input).toBe('stem.relu');
        const without = evaluate(branchAlone(sum), damaged, values);
        const [x, y] = await Promise.all([values.get(input, 4).data(), values.get(output, 4).data()]);
        return { values: { x, y }, without: await scope.own(without).data() };
      });
      // A closed gate lets next to nothing through.
      expect(Math.max(...without.map(Math.abs))).toBeLessThan(1e-30);
      expect(largestDifference(values.y, values.x)).toBeLessThan(1e-30);
      subject.weights.dispose();
    },
  );
});
