import { expect, test } from 'vitest';
import { branchOff, grown } from '../../../core/experiment/branch-off.ts';
import { type Experiment, type GainChange, gainsAt, nameLanes } from '../../../core/experiment/experiment.ts';
import { withLane } from '../../../core/experiment/lane-changes.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { shortcutHistory } from '../../../core/experiment/surgery.ts';
import { makeNet } from '../../../core/net/net.ts';
import { emptyCurve } from '../../lab/curve.ts';
import { changedLanes } from './take-back.ts';

const lanes = nameLanes([makeNet('plain', 8), makeNet('residual', 8)]);
const [, lane = expect.unreachable()] = lanes;

function changedAfter(steps: number, experiment: Experiment, plan: readonly GainChange[] = []): readonly string[] {
  const curves = new Map(experiment.lanes.map(({ name }) => [name, { ...emptyCurve(name), begun: steps }]));
  return changedLanes({ experiment, plan, curves });
}

const cut = (step: number) => [1, 2, 3].map((block) => ({ step, lane: lane.name, block, gain: 0 }));
const operated: Experiment = { ...PRESETS.tiny, lanes, surgery: cut(10) };

test('surgery by hand can be taken back once it has happened, and what was planned cannot', () => {
  expect(changedAfter(9, operated)).toEqual([]);
  expect(changedAfter(10, operated)).toEqual(['ResNet-8']);
  expect(changedAfter(10, operated, operated.surgery)).toEqual([]);
});

test('of a net that was cut and then grew, nothing is taken back: the new blocks had no gains before', () => {
  const net = grown(lane.net, gainsAt(operated, lane.name, 20)) ?? expect.unreachable();
  const off = branchOff({ lane, net, step: 20, surgery: operated.surgery }, 'ResNet-14');
  expect(changedAfter(20, withLane(operated, off.lane, off.surgery))).toEqual(['ResNet-8']);
});

test('of a net that was cut in the step in which it grew, the cut is taken back', () => {
  const uncut = { ...operated, surgery: [] };
  const net = grown(lane.net, [1, 1, 1]) ?? expect.unreachable();
  const off = branchOff({ lane, net, step: 20, surgery: [] }, 'ResNet-14');
  const cutAtOnce = [1, 2, 3, 4, 5, 6].map((block) => ({ step: 20, lane: 'ResNet-14', block, gain: 0 }));
  expect(changedAfter(20, withLane(uncut, off.lane, off.surgery))).toEqual([]);
  const grownAndCut = withLane(uncut, off.lane, cutAtOnce);
  expect(changedAfter(20, grownAndCut)).toEqual(['ResNet-14']);
  expect(shortcutHistory(grownAndCut, off.lane, 20)).toMatchObject({ before: Array(6).fill(1), now: Array(6).fill(0) });
});
