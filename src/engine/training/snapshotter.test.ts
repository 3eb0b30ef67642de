import { beforeAll, expect, test } from 'vitest';
import { PLAIN, RESIDUAL, runRounds, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
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
