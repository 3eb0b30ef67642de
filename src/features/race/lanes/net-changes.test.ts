import { expect, it } from 'vitest';
import { branchOff, grown } from '../../../core/experiment/branch-off.ts';
import { nameLanes } from '../../../core/experiment/experiment.ts';
import { PRESETS } from '../../../core/experiment/presets.ts';
import { makeNet } from '../../../core/net/net.ts';
import { changedReport, openedReport } from '../../../testing/fake-worker.ts';
import { stateAfter } from '../../../testing/state-after.ts';
import { emptyCurve } from '../../lab/curve.ts';
import { receive } from '../../lab/receive.ts';
import type { LabState } from '../../lab/state.ts';
import { changeTimes, hasNow, netChanges, plannedGains, switchedOn, toggledGain } from './net-changes.ts';

const lanes = nameLanes([makeNet('plain', 14), makeNet('residual', 14)]);
const all = (lane: string, step: number, gain: number) =>
  [1, 2, 3, 4, 5, 6].map((block) => ({ step, lane, block, gain }));

function told(surgery: (typeof PRESETS)['tiny']['surgery'], name: string, steps: number, of = lanes): string {
  const lane = of.find((each) => each.name === name) ?? expect.unreachable(name);
  const changes = netChanges({ experiment: { ...PRESETS.tiny, lanes: of, surgery }, built: new Map() }, lane, steps);
  return [hasNow(changes) ?? 'as built', ...changeTimes(changes)].join(', ');
}

it('says what a net has now, since when, and what is planned', () => {
  const surgery = [...all('plain-14', 112, 1), ...all('ResNet-14', 112, 0), ...all('ResNet-14', 175, 1)];
  expect(told(surgery, 'plain-14', 111)).toBe('as built, on at 112 (planned)');
  expect(told(surgery, 'plain-14', 150)).toBe('now with all 6 shortcuts, changed at step 112');
  expect(told(surgery, 'ResNet-14', 150)).toBe('now without shortcuts, changed at step 112, on at 175 (planned)');
  expect(told(surgery, 'ResNet-14', 175)).toBe('shortcuts as at first again, changed at step 175');
});

it('does not say that a net is as at first which began with other shortcuts than its kind has', () => {
  const half = lanes.map((lane) => ({ ...lane, net: { ...lane.net, gains: Array<number>(6).fill(0.5) } }));
  const onAgain = [...all('ResNet-14', 50, 0), ...all('ResNet-14', 60, 1)];
  expect(told(onAgain, 'ResNet-14', 60, half)).toBe('now with all 6 shortcuts, changed at step 60');
  const halfAgain = [...all('ResNet-14', 50, 0), ...all('ResNet-14', 60, 0.5)];
  expect(told(halfAgain, 'ResNet-14', 60, half)).toBe('shortcuts as at first again, changed at step 60');
  const cutFirst = [...all('ResNet-14', 0, 0), ...all('ResNet-14', 60, 1)];
  expect(told(cutFirst, 'ResNet-14', 60)).toBe('now with all 6 shortcuts, changed at step 60');
  expect(told(all('plain-14', 20, 0), 'plain-14', 20, half)).toBe('now without shortcuts, changed at step 20');
});

it('tells a cut in the step in which a net grew, and growth alone is none', () => {
  const [, lane = expect.unreachable()] = lanes;
  const net = grown(lane.net, lane.net.gains) ?? expect.unreachable();
  const off = branchOff({ lane, net, step: 20, surgery: [] }, 'ResNet-20');
  expect(told([], 'ResNet-20', 20, [off.lane])).toBe('as built');
  const cut = net.gains.map((_, index) => ({ step: 20, lane: 'ResNet-20', block: index + 1, gain: 0 }));
  expect(told(cut, 'ResNet-20', 20, [off.lane])).toBe('now without shortcuts, changed at step 20');
});

it('counts the shortcuts of a net that has some', () => {
  const cut = [{ step: 12, lane: 'ResNet-14', block: 3, gain: 0 }];
  expect(told(cut, 'ResNet-14', 12)).toBe('now with 5 of 6 shortcuts, changed at step 12');
  expect(told(cut, 'plain-14', 12)).toBe('as built');
  expect(told([{ step: 20, lane: 'plain-14', block: 1, gain: 0.5 }], 'plain-14', 0)).toBe(
    'as built, other shortcuts at 20 (planned)',
  );
});

it('says nothing of the gain that a net was built with, and names the one that all its shortcuts were given', () => {
  const half = lanes.map((lane) => ({ ...lane, net: { ...lane.net, gains: Array<number>(6).fill(0.5) } }));
  expect(told([], 'ResNet-14', 0, half)).toBe('as built');
  expect(told([], 'plain-14', 0, half)).toBe('now with all 6 shortcuts at 0.5');
  const weaker = all('ResNet-14', 20, 0.3);
  expect(told(weaker, 'ResNet-14', 20)).toBe('now with all 6 shortcuts at 0.3, changed at step 20');
});

it('gives a shortcut that is on again the gain that it had before the cut', () => {
  const gainAt = (begun: number, surgery: (typeof PRESETS)['tiny']['surgery']) => {
    const curves = new Map([['ResNet-14', { ...emptyCurve('ResNet-14'), begun }]]);
    return toggledGain({ experiment: { ...PRESETS.tiny, lanes, surgery }, built: new Map(), curves }, 'ResNet-14', 2);
  };
  const surgery = [...all('ResNet-14', 10, 0.5), ...all('ResNet-14', 20, 0)];
  expect([gainAt(9, surgery), gainAt(10, surgery), gainAt(20, surgery)]).toEqual([0, 0, 0.5]);
  expect(gainAt(20, all('ResNet-14', 20, 0))).toBe(1);
  expect(gainAt(20, all('ResNet-14', 0, 0))).toBe(1);
});

it('gives a shortcut that was cut at step 0 the gain that it was opened with, and tells another', () => {
  const [, lane = expect.unreachable()] = lanes;
  const withGains = (...gains: readonly number[]) => [{ ...lane, net: { ...lane.net, gains } }];
  const opened = stateAfter(openedReport({ ...PRESETS.tiny, lanes: withGains(0.5, 0.5, 0.5, 0.5, 0.5, 0.5) }));
  const changed = (...gains: readonly number[]) =>
    receive(opened, changedReport({ ...PRESETS.tiny, lanes: withGains(...gains) }, 0));
  const cut = changed(0.5, 0, 0.5, 0.3, 0, 0.5);
  expect(toggledGain(cut, lane.name, 2)).toBe(0.5);
  expect(switchedOn(cut, lane.name)).toEqual([0.5, 0.5, 0.5, 0.3, 0.5, 0.5]);
  const words = (state: LabState) => hasNow(netChanges(state, state.experiment.lanes[0] ?? expect.unreachable(), 0));
  expect(words(opened)).toBeNull();
  expect(words(changed(0.5, 0.5, 0.5, 0.5, 0.5, 0.5))).toBeNull();
  expect(words(changed(1, 1, 1, 1, 1, 1))).toBe('now with all 6 shortcuts');
});

it('knows the gain that is planned for each block', () => {
  const planned = plannedGains({ ...PRESETS.tiny, lanes, surgery: all('plain-14', 30, 1).slice(0, 2) }, 'plain-14', 10);
  expect([1, 2, 3].map(planned)).toEqual([1, 1, null]);
});

it('knows the gain that is planned for a block of the net that a lane grows to', () => {
  const [, lane = expect.unreachable()] = lanes;
  const net = grown(lane.net, lane.net.gains) ?? expect.unreachable();
  const off = branchOff({ lane, net, step: 20, surgery: [] }, 'ResNet-20');
  // Its blocks 4 and 5 are the third and fourth of the small net; 3 and 6 are added.
  const surgery = [3, 4, 5, 6].map((block) => ({ step: 30, lane: 'ResNet-20', block, gain: block / 10 }));
  const experiment = { ...PRESETS.tiny, lanes: [off.lane], surgery };
  expect([1, 2, 3, 4, 5, 6].map(plannedGains(experiment, 'ResNet-20', 10))).toEqual([null, null, 0.4, 0.5, null, null]);
  expect([2, 3, 4, 5, 6, 7].map(plannedGains(experiment, 'ResNet-20', 20))).toEqual([null, 0.3, 0.4, 0.5, 0.6, null]);
});
