import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { parseExperiment } from '../../core/experiment/parse/parse.ts';
import { withoutDefaults } from '../../core/experiment/parse/without-defaults.ts';
import { makeNet, type NetSpec, netName } from '../../core/net/net.ts';
import { withoutRepBranches } from '../../core/net/rep-branches.ts';
import type { LaneSnapshot } from '../../core/results/snapshot.ts';
import { largestDifference } from '../../testing/engine/check.ts';
import {
  addBranch,
  ofLane,
  PLAIN,
  PROJECTED,
  RESIDUAL,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { disposeBatch, upload, withCalibrationBatches } from './device-batch.ts';
import { Model } from './model.ts';
import type { Race } from './race.ts';
import { BranchError } from './race-lanes.ts';

const [PLAIN_LANE, RESIDUAL_LANE] = ['plain-8', 'ResNet-8'];
const TWO = tinyExperiment([PLAIN, RESIDUAL]);

beforeAll(async () => {
  await startDevice('wasm');
});

/** The losses of a lane from the step `from` on, as a race tells them, in reports of `rounds` rounds. */
async function lossesFrom(
  race: Race,
  lane: string,
  from: number,
  until: number,
  rounds = 1,
): Promise<readonly number[]> {
  const told: number[] = [];
  while (race.leastSteps < until) {
    const { points } = await runRounds(race, rounds);
    for (const each of points)
      if (each.lane === lane)
        each.losses.forEach((loss, nth) => {
          told[each.from + nth] = loss;
        });
  }
  return told.slice(from, until);
}

/** A lane's logits on a batch, with its running statistics or with those of its next batches. */
async function logitsOf({ net, steps, values }: LaneSnapshot, recalibrated: boolean): Promise<ArrayLike<number>> {
  const data = tinyData();
  const model = new Model(net, data.size, data.classes, 1);
  model.restore(values);
  if (recalibrated) withCalibrationBatches(data, steps, (batches) => model.recalibrate(batches));
  const batch = upload(data.batch(100), data.size, data.classes);
  const logits = model.logits(batch.images, 'running');
  const read = await logits.data();
  logits.dispose();
  disposeBatch(batch);
  model.dispose();
  return read;
}

async function raceAt(experiment: Experiment, step: number): Promise<Race> {
  const race = tinyRace(experiment);
  await runRounds(race, step);
  return race;
}

describe('a lane that is branched off', () => {
  test('has the same curve ever after, to the last bit, where nothing is changed', async () => {
    const race = await raceAt(TWO, 6);
    const name = await addBranch(race, RESIDUAL_LANE);
    const report = await runRounds(race, 8);
    const [parent, fork] = [ofLane(report, RESIDUAL_LANE), ofLane(report, name)];
    expect(fork.points.map(({ from, losses }) => ({ from, losses }))).toEqual(
      parent.points.map(({ from, losses }) => ({ from, losses })),
    );
    expect(fork.points[0]?.from).toBe(6);
    race.dispose();
  });

  test('goes its own way once a shortcut is cut, and its parent does not', async () => {
    const alone = await raceAt(TWO, 12);
    const race = await raceAt(TWO, 6);
    const name = await addBranch(race, RESIDUAL_LANE);
    race.setGains(name, [{ block: 1, gain: 0 }]);
    const report = await runRounds(race, 6);
    const [parent] = ofLane(report, RESIDUAL_LANE).points;
    const [fork] = ofLane(report, name).points;
    expect(fork?.losses[0]).not.toBe(parent?.losses[0]);
    await alone.report();
    expect((await alone.snapshot()).get(RESIDUAL_LANE)?.values).toEqual(
      (await race.snapshot()).get(RESIDUAL_LANE)?.values,
    );
    race.dispose();
    alone.dispose();
  });

  test('is written down, with all that was done to it, and an experiment with it replays to the last bit', async () => {
    const race = await raceAt(TWO, 3);
    race.setGains(RESIDUAL_LANE, [{ block: 2, gain: 0 }]);
    await runRounds(race, 3);
    race.setGains(RESIDUAL_LANE, [{ block: 2, gain: 0.5 }]);
    const fork = await addBranch(race, RESIDUAL_LANE);
    await runRounds(race, 2);
    race.setGains(fork, [{ block: 1, gain: 0 }]);
    await runRounds(race, 2);
    const forkOfFork = await addBranch(race, fork);
    race.removeLane(RESIDUAL_LANE);
    await runRounds(race, 4);
    const replay = await raceAt(race.experiment, 14);
    for (const name of [fork, forkOfFork]) {
      expect((await replay.snapshot()).get(name)?.values).toEqual((await race.snapshot()).get(name)?.values);
    }
    race.dispose();
    replay.dispose();
  });

  test('is called by the strength of its shortcuts where it was built with that', async () => {
    const net = { ...RESIDUAL, gains: [0.5, 0.5, 0.5] };
    const weaker = await raceAt({ ...TWO, lanes: [{ name: 'ResNet-8, gains 0.5', net }] }, 1);
    expect(await addBranch(weaker, 'ResNet-8, gains 0.5')).toBe('ResNet-8, gains 0.5 (2)');
    weaker.dispose();
    const weakened = await raceAt(TWO, 1);
    const gains = [1, 2, 3].map((block) => ({ block, gain: 0.5 }));
    weakened.setGains(RESIDUAL_LANE, gains);
    expect(await addBranch(weakened, RESIDUAL_LANE)).toBe('ResNet-8 (2)');
    weakened.dispose();
  });

  test('cannot come of a lane that diverged', async () => {
    const race = tinyRace({ ...TWO, surgery: [{ step: 1, lane: RESIDUAL_LANE, block: 3, gain: 3e38 }] });
    await runRounds(race, 4);
    await expect(addBranch(race, RESIDUAL_LANE)).rejects.toThrow(BranchError);
    race.dispose();
  });
});

/** Branches that end in a norm, in a convolution without a bias and with one, and such as are 0 before their factor. */
const CHOSEN = (
  [
    { shift: 1 },
    { order: 'pre-activation' },
    { norm: { type: 'group', groups: 2 }, shift: 1 },
    { norm: { type: 'none' } },
    { shortcut: { type: 'scalar', start: 0 } },
    { rep: true },
    { slope: 1 },
    { slope: 0.5, order: 'pre-activation' },
    { norm: { type: 'none' }, start: { type: 'fixup' }, shortcut: { type: 'scalar', start: 1 } },
    { lastScale: 0, shortcut: { type: 'scalar', start: 1 } },
  ] as const
).map((choices) => makeNet('residual', 8, { width: 4, choices }));

/** Nets with RepVGG's branches: plain, with a projection and dropped branches, and where stride 2 pads both edges. */
const FOLDABLE = [
  makeNet('plain', 8, { width: 4, choices: { rep: true } }),
  makeNet('residual', 8, { width: 4, option: 'B', choices: { rep: true, slope: 0.1 } }),
  makeNet('plain', 11, { width: 4, choices: { rep: true, span: 3, start: { type: 'identity', share: 0.1 } } }),
];

describe('a lane whose RepVGG branches are folded', () => {
  // Before the running statistics are gathered, and after.
  test.each(FOLDABLE.flatMap((net) => [4, 30].map((step) => ({ net, step, name: netName(net) }))))(
    'gives the logits that $name gave after $step steps',
    async ({ net, step, name }) => {
      const race = await raceAt(tinyExperiment([net]), step);
      const fold = await addBranch(race, name, 'folded');
      expect(race.experiment.lanes.at(-1)).toEqual({
        name: fold,
        net: withoutRepBranches(net),
        origin: { lane: name, eras: [{ net, until: step }] },
      });
      // Before 25 steps the page evaluates a net with the statistics of the next batches.
      const before = await logitsOf(await race.laneSnapshot(name), step < 25);
      const after = await logitsOf(await race.laneSnapshot(fold), false);
      expect(largestDifference(after, before)).toBeLessThan(1e-4);
      race.dispose();
    },
  );

  test.each([
    { whose: 'the net', before: true },
    { whose: 'the branch', before: false },
  ])(
    'replays to the last bit, folding in the same step, also where a shortcut of $whose changes in it',
    async ({ before }) => {
      const [net = PLAIN] = FOLDABLE;
      const race = await raceAt(tinyExperiment([net]), 27);
      if (before) race.setGains(netName(net), [{ block: 2, gain: 1 }]);
      const fold = await addBranch(race, netName(net), 'folded');
      if (!before) race.setGains(fold, [{ block: 2, gain: 1 }]);
      await runRounds(race, 5);
      const replay = tinyRace(parseExperiment(JSON.parse(JSON.stringify(withoutDefaults(race.experiment)))));
      expect(await lossesFrom(replay, fold, 0, 32)).toHaveLength(32);
      expect((await replay.snapshot()).get(fold)?.values).toEqual((await race.snapshot()).get(fold)?.values);
      race.dispose();
      replay.dispose();
    },
  );

  test('has branches, and others cannot be folded', async () => {
    const race = await raceAt(TWO, 3);
    await expect(addBranch(race, PLAIN_LANE, 'folded')).rejects.toThrow('no RepVGG branches');
    race.dispose();
  });
});

describe('a lane that is grown', () => {
  test.each<[string, Experiment]>([
    [PLAIN_LANE, TWO],
    [RESIDUAL_LANE, TWO],
    ['ResNet-8 B', tinyExperiment([PROJECTED])],
    ...CHOSEN.map((net): [string, Experiment] => [netName(net), tinyExperiment([net])]),
  ])('computes what the smaller %s does', async (lane, experiment) => {
    const race = await raceAt(experiment, 6);
    const name = await addBranch(race, lane, 'grown');
    expect(race.experiment.lanes.find((each) => each.name === name)?.net.depth).toBe(14);
    const report = await runRounds(race, 3);
    const [smaller] = ofLane(report, lane).points;
    const [deeper] = ofLane(report, name).points;
    // The same function with the same statistics; after a step it is another net.
    expect(deeper?.losses[0]).toBe(smaller?.losses[0]);
    expect(deeper?.losses[2]).not.toBe(smaller?.losses[2]);
    // Nothing that multiplies has stayed 0 in the new branches.
    const { values } = await race.laneSnapshot(name);
    const factors = [...values].filter(([key]) => /^parameter stage\d\.block2\..*\.(weight|scale)$/.test(key));
    expect(factors.length).toBeGreaterThan(0);
    for (const [key, each] of factors) expect(Math.max(...each.map(Math.abs)), key).toBeGreaterThan(0);
    race.dispose();
  });

  test('replays to the last bit, growing in the same step', async () => {
    const race = await raceAt(TWO, 5);
    const name = await addBranch(race, PLAIN_LANE, 'grown');
    await runRounds(race, 5);
    const replay = tinyRace(race.experiment);
    expect(await lossesFrom(replay, name, 0, 10)).toHaveLength(10);
    expect((await replay.snapshot()).get(name)?.values).toEqual((await race.snapshot()).get(name)?.values);
    race.dispose();
    replay.dispose();
  });

  test('loses no step of its replay, though it grows before the report of the steps until then', async () => {
    const race = await raceAt(TWO, 5);
    const name = await addBranch(race, PLAIN_LANE, 'grown');
    await runRounds(race, 5);
    const [replay, byRound] = [tinyRace(race.experiment), tinyRace(race.experiment)];
    const losses = await lossesFrom(replay, name, 0, 10, 10);
    expect(losses).toEqual(await lossesFrom(byRound, name, 0, 10));
    expect(losses.filter(Number.isFinite)).toHaveLength(10);
    for (const each of [race, replay, byRound]) each.dispose();
  });

  test('has made a step: a replay knows no net of before the first', async () => {
    const race = tinyRace(TWO);
    await expect(addBranch(race, RESIDUAL_LANE, 'grown')).rejects.toThrow('it has made no step');
    expect(await addBranch(race, RESIDUAL_LANE)).toBe('ResNet-8 (2)');
    race.dispose();
  });

  test.each<[string, NetSpec]>([
    ['with option C no shortcut is an identity', { ...PROJECTED, option: 'C' }],
    [
      'every branch would be left out at a different rate',
      makeNet('residual', 8, { width: 2, choices: { drop: 0.5 } }),
    ],
  ])('is none where it would be another function: %s', async (why, net) => {
    const race = await raceAt(tinyExperiment([net]), 1);
    await expect(addBranch(race, netName(net), 'grown')).rejects.toThrow(why);
    race.dispose();
  });
});

describe('a lane that is rewound', () => {
  test('goes on from there alone and comes to the same weights, without what was done to it since', async () => {
    const untouched = await raceAt(TWO, 12);
    const race = await raceAt(TWO, 6);
    const snapshot = (await race.snapshot()).get(RESIDUAL_LANE);
    race.setGains(RESIDUAL_LANE, [{ block: 1, gain: 0 }]);
    await runRounds(race, 4);
    race.rewind(RESIDUAL_LANE, snapshot ?? null);
    race.setGains(RESIDUAL_LANE, [{ block: 1, gain: 1 }]);
    expect(race.begun).toEqual(
      new Map([
        [PLAIN_LANE, 10],
        [RESIDUAL_LANE, 6],
      ]),
    );
    await runRounds(race, 6);
    expect(race.experiment.surgery).toEqual([]);
    expect((await race.snapshot()).get(RESIDUAL_LANE)?.values).toEqual(
      (await untouched.snapshot()).get(RESIDUAL_LANE)?.values,
    );
    race.dispose();
    untouched.dispose();
  });

  test('starts over where there is no snapshot', async () => {
    const race = await raceAt(TWO, 4);
    race.rewind(RESIDUAL_LANE, null);
    const again = await runRounds(race, 4);
    const first = await runRounds(tinyRace(TWO), 4);
    expect(ofLane(again, RESIDUAL_LANE).points).toEqual(ofLane(first, RESIDUAL_LANE).points);
    race.dispose();
  });
});

test('nothing of all that is left behind', async () => {
  const before = memory().numTensors;
  const race = await raceAt(TWO, 3);
  await addBranch(race, RESIDUAL_LANE);
  await addBranch(race, PLAIN_LANE, 'grown');
  await runRounds(race, 3);
  race.rewind(RESIDUAL_LANE, null);
  await runRounds(race, 2);
  race.dispose();
  expect(memory().numTensors).toBe(before);
});

describe('a lane that diverged', () => {
  // In block 2 the shortcut takes the sum beyond float32: the normalisation behind it is the first to break.
  const surgery = [{ step: 4, lane: RESIDUAL_LANE, block: 2, gain: 3e38 }];

  test.each([0, 3])('tells the first layer that was not finite, from a snapshot at step %i', async (at) => {
    const before = memory().numTensors;
    const race = tinyRace({ ...TWO, surgery });
    await runRounds(race, at);
    const snapshot = (await race.snapshot()).get(RESIDUAL_LANE) ?? null;
    const { diverged } = await runRounds(race, 7 - at);
    expect(diverged).toEqual([{ lane: RESIDUAL_LANE, step: 5 }]);
    expect(await race.diagnose(RESIDUAL_LANE, 5, snapshot)).toMatch(/^stage[23]\./);
    // Of a divergence that was undone nothing is told.
    expect(await race.diagnose(RESIDUAL_LANE, 6, snapshot)).toBeNull();
    expect(await race.diagnose(PLAIN_LANE, 5, null)).toBeNull();
    race.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('just after it was grown tells none, and leaves no smaller net behind', async () => {
    const race = await raceAt(TWO, 3);
    const name = await addBranch(race, RESIDUAL_LANE, 'grown');
    race.setGains(name, [{ block: 2, gain: 3e38 }]);
    const { diverged } = await runRounds(race, 2);
    expect(diverged).toEqual([{ lane: name, step: 4 }]);
    const before = memory().numTensors;
    expect(await race.diagnose(name, 4, null)).toBeNull();
    expect(memory().numTensors).toBe(before);
    race.dispose();
  });
});

test('a gain that is scheduled comes into force at its step, whatever is changed before', async () => {
  const race = await raceAt(TWO, 2);
  race.setGains(RESIDUAL_LANE, [{ block: 1, gain: 0 }], 6);
  race.setGains(RESIDUAL_LANE, [{ block: 1, gain: 0.5 }]);
  await runRounds(race, 8);
  const surgery = [
    { step: 2, lane: RESIDUAL_LANE, block: 1, gain: 0.5 },
    { step: 6, lane: RESIDUAL_LANE, block: 1, gain: 0 },
  ];
  expect(race.experiment.surgery).toEqual(surgery);
  const written = await raceAt({ ...TWO, surgery }, 10);
  expect((await written.snapshot()).get(RESIDUAL_LANE)?.values).toEqual(
    (await race.snapshot()).get(RESIDUAL_LANE)?.values,
  );
  race.dispose();
  written.dispose();
});
