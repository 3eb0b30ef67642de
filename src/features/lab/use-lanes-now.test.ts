import { expect, test } from 'vitest';
import { grown } from '../../core/experiment/branch-off.ts';
import type { LaneSpec } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { makeNet } from '../../core/net/net.ts';
import { gainReaches } from '../race/lanes/gain-reach.ts';
import { emptyCurve } from './curve.ts';
import { netFacts } from './net-facts.ts';
import { netsNow } from './use-lanes-now.ts';
import { costOf } from './use-net-costs.ts';

test('before it has grown, a net is described as the smaller one', () => {
  const small = makeNet('residual', 8);
  const large = grown(small, small.gains) ?? expect.unreachable();
  const lane: LaneSpec = {
    name: 'grown',
    net: large,
    origin: { lane: 'ResNet-8', eras: [{ net: small, until: 100 }] },
  };
  const experiment = { ...PRESETS.tiny, lanes: [lane] };
  const netAt = (begun: number) =>
    netsNow({ experiment, curves: new Map([['grown', { ...emptyCurve('grown'), begun }]]) });
  expect([netAt(99), netAt(100)]).toEqual([[small], [large]]);
  expect(costOf(netAt(0)[0] ?? large, 16, 4).parameters).toBeLessThan(costOf(large, 16, 4).parameters);
  const factsAt = (steps: number) => netFacts(experiment, lane, steps);
  expect([factsAt(99), factsAt(100)]).toMatchObject([
    { depth: 8, shortcuts: small.gains },
    { depth: 14, shortcuts: large.gains },
  ]);
  // The second stage's first block has another number once there are two in each.
  expect(gainReaches(small, 2, small).map(({ blocks }) => blocks)).toEqual([[2], [2], [1, 2, 3]]);
  expect(gainReaches(small, 2, large).map(({ blocks }) => blocks)).toEqual([[3], [3, 4], [1, 2, 3, 4, 5, 6]]);
});
