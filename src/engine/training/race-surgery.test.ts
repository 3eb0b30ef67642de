import { softmax, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ofLane,
  PLAIN,
  PROJECTED,
  RESIDUAL,
  runRounds,
  tellAll,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { disposeBatch, upload } from './device-batch.ts';
import { Model } from './model.ts';

const THREE = tinyExperiment([PLAIN, RESIDUAL, PROJECTED]);
const [PLAIN_LANE, RESIDUAL_LANE, PROJECTED_LANE] = ['plain-8', 'ResNet-8', 'ResNet-8 B'];

/** Past an evaluation. */
const ROUNDS = 30;

beforeAll(async () => {
  await startDevice('wasm');
});

describe('surgery', () => {
  const lane = PROJECTED_LANE;

  test('is written down, and an experiment with it replays to the last bit', async () => {
    const race = tinyRace(THREE);
    const reports = [await runRounds(race, 7)];
    race.setGains(lane, [{ block: 1, gain: 0 }]);
    race.setGains(PLAIN_LANE, [{ block: 3, gain: 1 }]);
    reports.push(await runRounds(race, 16));
    race.setGains(lane, [
      { block: 1, gain: 0.5 },
      { block: 2, gain: 0 },
    ]);
    reports.push(await runRounds(race, 30));
    expect(race.experiment.surgery).toEqual([
      { step: 7, lane, block: 1, gain: 0 },
      { step: 7, lane: PLAIN_LANE, block: 3, gain: 1 },
      { step: 23, lane, block: 1, gain: 0.5 },
      { step: 23, lane, block: 2, gain: 0 },
    ]);
    expect(race.experiment.lanes).toEqual(THREE.lanes);

    const replay = await tellAll(race.experiment, 53);
    race.dispose();
    for (const { name } of THREE.lanes) {
      const losses = reports.flatMap((report) => ofLane(report, name).points.flatMap((points) => points.losses));
      expect(losses).toEqual(ofLane(replay, name).points[0]?.losses);
    }
    expect(reports.flatMap(({ tests }) => tests)).toEqual(replay.tests);
    expect(reports.flatMap(({ predictions }) => predictions)).toEqual(replay.predictions);

    const untouched = await tellAll(THREE, 53);
    expect(ofLane(replay, RESIDUAL_LANE)).toEqual(ofLane(untouched, RESIDUAL_LANE));
    expect(ofLane(replay, lane).points).not.toEqual(ofLane(untouched, lane).points);
  });

  test.each([0, 10])('that is undone before a step is made leaves no trace, at step %d', async (step) => {
    const race = tinyRace(THREE);
    const first = await runRounds(race, step);
    race.setGains(lane, [{ block: 2, gain: 0 }]);
    race.setGains(lane, [{ block: 2, gain: 1 }]);
    const rest = await runRounds(race, ROUNDS - step);
    race.dispose();
    const whole = ofLane(await tellAll(THREE, ROUNDS), lane);
    const told = [first, rest].map((report) => ofLane(report, lane));
    expect(told.flatMap(({ points }) => points.flatMap(({ losses }) => losses))).toEqual(whole.points[0]?.losses);
    expect(told.flatMap(({ tests }) => tests)).toEqual(whole.tests);
    expect(told.flatMap(({ predictions }) => predictions)).toEqual(whole.predictions);
  });

  test('before the first step changes the gains that the net starts with', async () => {
    const race = tinyRace({ ...THREE, surgery: [{ step: 0, lane, block: 1, gain: 0 }] });
    race.setGains(lane, [
      { block: 1, gain: 0.25 },
      { block: 2, gain: 0 },
    ]);
    expect(race.experiment.lanes.map(({ net }) => net.gains)).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [0.25, 0, 1],
    ]);
    expect(race.experiment.surgery).toEqual([]);
    const told = await runRounds(race, ROUNDS);
    expect(told).toEqual(await tellAll(race.experiment, ROUNDS));
    race.dispose();
    const [plain, residual] = THREE.lanes;
    const net = { ...PROJECTED, gains: [0.25, 0, 1] };
    if (plain === undefined || residual === undefined) throw new Error('three lanes');
    expect(told).toEqual(await tellAll({ ...THREE, lanes: [plain, residual, { name: lane, net }] }, ROUNDS));
  });

  test('that comes from outside for a step to come gives way to a click at that step', async () => {
    const race = tinyRace({ ...THREE, surgery: [{ step: 3, lane, block: 1, gain: 0 }] });
    await runRounds(race, 3);
    race.setGains(lane, [{ block: 1, gain: 0.5 }]);
    expect(race.experiment.surgery).toEqual([{ step: 3, lane, block: 1, gain: 0.5 }]);
    const told = await runRounds(race, 2);
    const replay = await tellAll(race.experiment, 5);
    race.dispose();
    expect(ofLane(told, lane).points[0]?.losses).toEqual(ofLane(replay, lane).points[0]?.losses.slice(3));
  });

  test('that is planned for a step to come stays planned where a net is rewound, and what was done is undone', async () => {
    const planned = { step: 8, lane, block: 1, gain: 0 };
    const race = tinyRace({ ...THREE, surgery: [planned] });
    await runRounds(race, 3);
    const snapshot = (await race.snapshot()).get(lane) ?? null;
    await runRounds(race, 1);
    race.setGains(lane, [{ block: 2, gain: 0 }]);
    await runRounds(race, 1);
    race.rewind(lane, snapshot);
    expect(race.experiment.surgery).toEqual([planned]);
    const caughtUp = await runRounds(race, 2);
    const told = await runRounds(race, 5);
    const replay = await tellAll(race.experiment, 10);
    race.dispose();
    const losses = [caughtUp, told].flatMap((report) => ofLane(report, lane).points.flatMap((each) => each.losses));
    expect(losses).toEqual(ofLane(replay, lane).points[0]?.losses.slice(3));
  });

  test('recalibrates the statistics on the eight batches to come, for the next evaluation only', async () => {
    const experiment = {
      ...tinyExperiment([RESIDUAL]),
      surgery: [{ step: 20, lane: RESIDUAL_LANE, block: 2, gain: 0 }],
    };
    const { predictions } = await tellAll(experiment, 50);

    const { recipe } = experiment;
    const { batch, shown, size, classes } = tinyData(recipe);
    const [byHand, images] = [new Model(RESIDUAL, size, classes, recipe.seed), upload(shown, size, classes)];
    const rates = { rate: recipe.learningRate, momentum: recipe.momentum, decay: recipe.weightDecay };
    const answers = async () => {
      const probabilities = tidy(() => softmax(byHand.logits(images.images, 'running')));
      const values = [...(await probabilities.data())];
      probabilities.dispose();
      return values;
    };
    for (let step = 0; step < 50; step++) {
      if (step === 20) byHand.setGain(2, 0);
      if (step === 25) {
        const coming = Array.from({ length: 8 }, (_, index) => upload(batch(25 + index), size, classes));
        byHand.recalibrate(coming.map((each) => each.images));
        coming.forEach(disposeBatch);
        expect(predictions[0]?.probabilities.flat()).toEqual(await answers());
      }
      const current = upload(batch(step), size, classes);
      byHand.step(current, rates).dispose();
      disposeBatch(current);
    }
    expect(predictions[1]?.probabilities.flat()).toEqual(await answers());
    byHand.dispose();
    disposeBatch(images);
  });
});
