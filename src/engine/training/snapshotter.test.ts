import { beforeAll, expect, test } from 'vitest';
import {
  PLAIN,
  RESIDUAL,
  ROOMY,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import type { Checkpoints } from './checkpoints.ts';
import { Race } from './race.ts';
import { Snapshotter } from './snapshotter.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

test('a snapshot that was begun before a rewind is dropped: it holds what the rewind undid', async () => {
  const race = tinyRace(tinyExperiment([PLAIN, RESIDUAL]));
  const snapshotter = new Snapshotter(race, new Map());
  await runRounds(race, 30);
  const stale = snapshotter.snapshotIfDue();
  await snapshotter.rewind('plain-8', 0);
  await stale;
  await snapshotter.finish();
  expect(snapshotter.latest.get('plain-8')?.steps ?? 0).toBe(0);
  expect(snapshotter.checkpoints.at('plain-8', 100)).toBeNull();
  race.dispose();
});

test('a net that is added under the name of one that was removed is another one, with snapshots of its own', async () => {
  const race = tinyRace(tinyExperiment([PLAIN, RESIDUAL]));
  const told: (readonly number[])[] = [];
  const onCheckpoints = (checkpoints: Checkpoints) => told.push(checkpoints.steps('plain-8'));
  const snapshotter = new Snapshotter(race, new Map(), { onCheckpoints });
  await runRounds(race, 30);
  await snapshotter.finish();
  const [lane] = race.experiment.lanes.filter(({ name }) => name === 'plain-8');
  race.removeLane('plain-8');
  snapshotter.forget('plain-8');
  expect(told).toEqual([[30], []]);
  if (lane !== undefined) race.addLane(lane);
  await runRounds(race, 5);
  const steps = race.begun.get('plain-8');
  expect(steps).toBeLessThan(30);
  await snapshotter.finish();
  expect(snapshotter.latest.get('plain-8')?.steps).toBe(steps);
  expect(snapshotter.checkpoints.steps('plain-8')).toEqual([steps]);
  race.dispose();
});

test('the snapshot that a race goes on from is a checkpoint, and so is the one at which a branch joins', async () => {
  const first = tinyRace(tinyExperiment([PLAIN, RESIDUAL]));
  await runRounds(first, 4);
  const from = await first.snapshot();
  first.dispose();
  const race = new Race(tinyExperiment([PLAIN, RESIDUAL]), tinyData(), ROOMY, from);
  const snapshotter = new Snapshotter(race, from);
  expect(snapshotter.checkpoints.steps('plain-8')).toEqual([4]);
  await runRounds(race, 2);
  const { snapshot, ...branch } = await race.branched('plain-8', 'copy', []);
  race.add({ ...branch, snapshot });
  snapshotter.join(branch.lane.name, snapshot);
  expect(snapshotter.checkpoints.steps(branch.lane.name)).toEqual([6]);
  expect([...snapshotter.latest].map(([name, { steps }]) => [name, steps])).toEqual([
    ['plain-8', 4],
    ['ResNet-8', 4],
    [branch.lane.name, 6],
  ]);
  race.dispose();
});
