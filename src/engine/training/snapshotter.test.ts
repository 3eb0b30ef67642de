import { beforeAll, expect, test } from 'vitest';
import type { LaneSnapshot, RaceSnapshot } from '../../core/results/snapshot.ts';
import {
  addLane,
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
import { type Snapshottable, Snapshotter } from './snapshotter.ts';

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
  if (lane !== undefined) addLane(race, lane);
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
  const { snapshot, ...branch } = await race.branched('plain-8', 'copy');
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

const at = (steps: number): LaneSnapshot => ({ net: PLAIN, steps, stale: false, divergedAt: null, values: new Map() });

test.each([1, 7, 12, 13, 24, 25])(
  'the latest snapshot is at most 50 steps old with reports of %i rounds, also where each is read only when the next is due',
  async (rounds) => {
    let step = 0;
    let read = () => {};
    const race: Snapshottable = {
      get begun() {
        return new Map([['plain-8', step]]);
      },
      rewind: expect.unreachable,
      snapshot: () => {
        read();
        const snapshot = new Map([['plain-8', at(step)]]);
        return new Promise((resolve) => {
          read = () => resolve(snapshot);
        });
      },
    };
    const snapshotter = new Snapshotter(race, new Map());
    const ages: number[] = [];
    while (step < 300) {
      step += rounds;
      // The device may be lost at the end of a report.
      ages.push(step - (snapshotter.latest.get('plain-8')?.steps ?? 0));
      await snapshotter.snapshotIfDue();
    }
    expect(Math.max(...ages)).toBeLessThanOrEqual(50);
    // Nor is one taken more often than need be.
    expect(Math.max(...ages)).toBeGreaterThan(25);
  },
);

test.each([
  ['forgotten', (snapshotter: Snapshotter) => snapshotter.forget('ResNet-8')],
  ['rewound', (snapshotter: Snapshotter) => snapshotter.rewind('ResNet-8', 0)],
])('where a lane is %s while the last snapshot is read back, that of the others is taken again', async (_, change) => {
  const race = tinyRace(tinyExperiment([PLAIN, RESIDUAL]));
  const snapshotter = new Snapshotter(race, new Map());
  await runRounds(race, 3);
  const finished = snapshotter.finish();
  await change(snapshotter);
  await finished;
  expect(snapshotter.latest.get('plain-8')?.steps).toBe(3);
  race.dispose();
});

test('a snapshot that is read back while a branch joins is kept, with the branch', async () => {
  let begun: ReadonlyMap<string, number> = new Map([['plain-8', 0]]);
  let readings = 0;
  let end: (snapshot: RaceSnapshot) => void = () => expect.unreachable();
  const reading = new Promise<RaceSnapshot>((resolve) => {
    end = resolve;
  });
  const race: Snapshottable = {
    get begun() {
      return begun;
    },
    rewind: expect.unreachable,
    snapshot: () => {
      readings += 1;
      return reading;
    },
  };
  const snapshotter = new Snapshotter(race, new Map());
  begun = new Map([['plain-8', 7]]);
  const paused = snapshotter.finish();
  begun = new Map([...begun, ['branch', 7]]);
  snapshotter.join('branch', at(7));
  const branched = snapshotter.finish();
  end(new Map([['plain-8', at(7)]]));
  await Promise.all([paused, branched]);
  expect(readings).toBe(1);
  expect([...snapshotter.latest].map(([name, { steps }]) => [name, steps])).toEqual([
    ['plain-8', 7],
    ['branch', 7],
  ]);
  expect(snapshotter.checkpoints.steps('plain-8')).toEqual([7]);
});
