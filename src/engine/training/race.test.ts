import { argMax, backend, memory, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import { makeVgg } from '../../core/net/zoo.ts';
import { raceData } from '../../data/batches/race-data.ts';
import { syntheticDataset } from '../../testing/data/synthetic.ts';
import {
  addLane,
  ofLane,
  PLAIN,
  PROJECTED,
  RESIDUAL,
  ROOMY,
  runRounds,
  tellAll,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { MemoryError } from '../weights/memory.ts';
import { disposeBatch, TRAINING_CHUNK, upload } from './device-batch.ts';
import { Model } from './model.ts';
import { Race } from './race.ts';

const THREE = tinyExperiment([PLAIN, RESIDUAL, PROJECTED]);
const [PLAIN_LANE, RESIDUAL_LANE, PROJECTED_LANE] = ['plain-8', 'ResNet-8', 'ResNet-8 B'];

/** Past an evaluation. */
const ROUNDS = 30;
/** A gain that takes the logits beyond float32. */
const EXPLOSIVE = 3e38;

beforeAll(async () => {
  await startDevice('wasm');
});

/** The losses of the first net of an experiment without surgery or drops of the rate, whose steps are made by hand. */
async function lossesByHand({ lanes: [lane], recipe }: Experiment, steps: number): Promise<readonly number[]> {
  if (lane === undefined) throw new Error('no net');
  const { size, classes, batch } = tinyData(recipe);
  const model = new Model(lane.net, size, classes, recipe.seed);
  const { learningRate: rate, momentum, weightDecay: decay, equalSteps } = recipe;
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const current = { ...upload(batch(step), size, classes), step };
    const metrics = model.step(current, { rate, momentum, decay, equalSteps });
    const [loss = Number.NaN] = await metrics.data();
    losses.push(loss);
    metrics.dispose();
    disposeBatch(current);
  }
  model.dispose();
  return losses;
}

describe('a race', () => {
  test('tells each lane, step by step, and evaluates it every 25 steps', async () => {
    const report = await tellAll(THREE, ROUNDS);
    expect(report.step).toBe(ROUNDS);
    expect(report.points.map(({ lane, from }) => [lane, from])).toEqual([
      [PLAIN_LANE, 0],
      [RESIDUAL_LANE, 0],
      [PROJECTED_LANE, 0],
    ]);
    for (const { losses, errors } of report.points) {
      expect(losses).toHaveLength(ROUNDS);
      expect(errors.every((error) => error >= 0 && error <= 100 && error % 12.5 === 0)).toBe(true);
    }
    expect(report.tests.map(({ lane, step }) => [lane, step])).toEqual(THREE.lanes.map(({ name }) => [name, 25]));
    for (const { probabilities } of report.predictions) {
      expect(probabilities).toHaveLength(5);
      for (const row of probabilities) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    }
  });

  test('of the same experiment tells the same, to the last bit', async () => {
    expect(await tellAll(THREE, ROUNDS)).toEqual(await tellAll(THREE, ROUNDS));
    const other = { ...THREE, recipe: { ...THREE.recipe, seed: 2 } };
    expect((await tellAll(other, 2)).points).not.toEqual((await tellAll(THREE, 2)).points);
  });

  test('tells the same however often it is asked', async () => {
    const race = tinyRace(THREE);
    const losses: number[] = [];
    for (const rounds of [1, 5, 0, 20, 4]) {
      losses.push(...(ofLane(await runRounds(race, rounds), PLAIN_LANE).points[0]?.losses ?? []));
    }
    race.dispose();
    expect(losses).toEqual((await tellAll(THREE, ROUNDS)).points[0]?.losses);
  });

  test('shows every lane the same batches: equal nets have equal curves', async () => {
    const { points, tests } = await tellAll(tinyExperiment([RESIDUAL, PLAIN, RESIDUAL]), ROUNDS);
    expect({ ...points[2], lane: '' }).toEqual({ ...points[0], lane: '' });
    expect({ ...tests[2], lane: '' }).toEqual({ ...tests[0], lane: '' });
    expect(points[1]?.losses).not.toEqual(points[0]?.losses);
  });

  test('learns its batches by heart', async () => {
    const [point] = (await tellAll(tinyExperiment([RESIDUAL]), 100)).points;
    const mean = (losses: readonly number[] = []) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(mean(point?.losses.slice(-10))).toBeLessThan(0.9 * mean(point?.losses.slice(0, 10)));
  });

  test('measures training errors without a trace', async () => {
    const race = tinyRace(THREE);
    const first = await runRounds(race, 5);
    const errors = await race.trainingErrors();
    expect([...errors.keys()]).toEqual(THREE.lanes.map(({ name }) => name));
    for (const error of errors.values()) expect((error / 100) * 30).toBeCloseTo(Math.round((error / 100) * 30), 4);
    race.round();
    await race.trainingErrors();
    const rest = await runRounds(race, ROUNDS - 6);
    race.dispose();
    const whole = await tellAll(THREE, ROUNDS);
    for (const { name } of THREE.lanes) {
      const losses = [first, rest].flatMap((report) => ofLane(report, name).points[0]?.losses ?? []);
      expect(losses).toEqual(ofLane(whole, name).points[0]?.losses);
    }
    expect(rest.tests).toEqual(whole.tests);
  });

  test('measures training errors on all the fixed training images, by the statistics of each chunk', async () => {
    const count = 2 * TRAINING_CHUNK;
    const recipe = { ...THREE.recipe, mean: 'channel' } as const;
    const data = raceData(syntheticDataset(Array.from({ length: count }, (_, image) => (image * 7) % 3)), recipe);
    const race = new Race(tinyExperiment([RESIDUAL], recipe), data, ROOMY);
    await runRounds(race, 3);
    const [error] = (await race.trainingErrors()).values();
    const { values } = await race.laneSnapshot(RESIDUAL_LANE);
    race.dispose();
    const { size, classes, training } = data;
    const model = new Model(RESIDUAL, size, classes, 2);
    model.restore(values);
    let wrong = 0;
    for (const from of [0, TRAINING_CHUNK]) {
      const part = [from, from + TRAINING_CHUNK] as const;
      const images = tensor4d(training.images.subarray(...part.map((image) => image * size * size * 3)), [
        TRAINING_CHUNK,
        size,
        size,
        3,
      ]);
      const answers = tidy(() => argMax(model.logits(images, 'batch'), 1));
      const given = await answers.data();
      wrong += training.labels.subarray(...part).filter((label, image) => label !== given[image]).length;
      for (const each of [images, answers]) each.dispose();
    }
    model.dispose();
    expect(training.labels).toHaveLength(count);
    expect(error).toBeCloseTo((100 * wrong) / count, 4);
  });

  test('warms up without a trace', async () => {
    const race = tinyRace(THREE);
    const fractions: number[] = [];
    await race.warmUp((fraction) => fractions.push(fraction));
    expect(fractions).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(await runRounds(race, ROUNDS)).toEqual(await tellAll(THREE, ROUNDS));
    race.dispose();
  });

  test.each([
    makeNet('residual', 8, { width: 2, choices: { drop: 0.5 } }),
    makeNet('residual', 8, { width: 2, choices: { shortcut: { type: 'dropout', rate: 0.5 } } }),
    makeVgg(16, { width: 2 }),
  ])('drops in each step what is drawn for that one: $choices $design', async (net) => {
    const experiment = tinyExperiment([net]);
    expect((await tellAll(experiment, 6)).points[0]?.losses).toEqual(await lossesByHand(experiment, 6));
  });

  test('takes equal steps where the recipe says so', async () => {
    const equal = tinyExperiment([PROJECTED], { equalSteps: true });
    const told = (await tellAll(equal, 4)).points[0]?.losses;
    expect(told).toEqual(await lossesByHand(equal, 4));
    expect(told).not.toEqual((await tellAll(tinyExperiment([PROJECTED]), 4)).points[0]?.losses);
  });

  test('of no lanes stands still', async () => {
    const race = tinyRace(tinyExperiment([]));
    expect(await runRounds(race, 3)).toEqual({ step: 0, points: [], tests: [], predictions: [], diverged: [] });
    race.dispose();
  });
});

describe('lanes that come and go', () => {
  const two: Experiment = { ...THREE, lanes: THREE.lanes.slice(0, 2) };
  const [, , late]: readonly (LaneSpec | undefined)[] = THREE.lanes;
  if (late === undefined) throw new Error('three lanes');

  test('a late lane catches up alone, and has the curve that it would have had', async () => {
    const race = tinyRace(two);
    const before = await runRounds(race, 27);
    addLane(race, late);
    expect([race.step, race.leastSteps]).toEqual([27, 0]);
    const during = await runRounds(race, 27);
    expect(during.points.map(({ lane }) => lane)).toEqual([late.name]);
    expect([race.step, race.leastSteps]).toEqual([27, 27]);
    const after = await runRounds(race, 5);
    expect(after.points.map(({ lane, from }) => [lane, from])).toEqual(THREE.lanes.map(({ name }) => [name, 27]));

    const whole = await tellAll(THREE, 32);
    for (const { name } of THREE.lanes) {
      const parts = [before, during, after].flatMap((report) => ofLane(report, name).points);
      expect(parts.flatMap(({ losses }) => losses)).toEqual(ofLane(whole, name).points[0]?.losses);
    }
    expect([...before.tests, ...during.tests]).toEqual(whole.tests);
    expect([...before.predictions, ...during.predictions]).toEqual(whole.predictions);
    expect(race.experiment).toEqual(THREE);
    race.dispose();
  });

  test('a lane that leaves takes its surgery along and nothing of the others', async () => {
    const race = tinyRace(THREE);
    const first = await runRounds(race, 10);
    race.setGains(PROJECTED_LANE, [{ block: 1, gain: 0 }]);
    race.removeLane(PROJECTED_LANE);
    const rest = await runRounds(race, ROUNDS - 10);
    const whole = await tellAll(THREE, ROUNDS);
    for (const name of [PLAIN_LANE, RESIDUAL_LANE]) {
      const losses = [first, rest].flatMap((report) => ofLane(report, name).points.flatMap((points) => points.losses));
      expect(losses).toEqual(ofLane(whole, name).points[0]?.losses);
      expect(ofLane(rest, name).tests).toEqual(ofLane(whole, name).tests);
    }
    expect(ofLane(rest, PROJECTED_LANE).points).toEqual([]);
    expect(race.experiment).toEqual(two);
    race.dispose();
  });

  test('what a lane measured before it left is told of no other lane that takes its name', async () => {
    const race = tinyRace(THREE);
    await runRounds(race, 2);
    for (let round = 0; round < 24; round++) race.round();
    await race.trainingErrors();
    race.removeLane(late.name);
    addLane(race, late);
    const told = ofLane(await runRounds(race, 26), late.name);
    race.dispose();
    expect(told).toEqual(ofLane(await tellAll(THREE, 26), late.name));
  });

  test('a lane that is not there is named', () => {
    const race = tinyRace(two);
    expect(() => race.setGains('ResNet-9', [])).toThrow('net ResNet-9: not in this race');
    expect(() => race.removeLane('ResNet-9')).toThrow('net ResNet-9: not in this race');
    race.dispose();
  });
});

describe('a lane that diverges', () => {
  test('is told with its step and stops there, and the others go on', async () => {
    const surgery = [{ step: 24, lane: RESIDUAL_LANE, block: 3, gain: EXPLOSIVE }];
    const race = tinyRace({ ...THREE, surgery });
    const first = await runRounds(race, 27);
    expect(first.diverged).toEqual([{ lane: RESIDUAL_LANE, step: 25 }]);
    expect(ofLane(first, RESIDUAL_LANE).points[0]?.losses).toHaveLength(24);
    const told = ofLane(first, RESIDUAL_LANE);
    expect([told.tests, told.predictions]).toEqual([[], []]);

    const rest = await runRounds(race, 3);
    expect(rest.diverged).toEqual([]);
    expect(rest.points.map(({ lane }) => lane)).toEqual([PLAIN_LANE, PROJECTED_LANE]);
    expect([race.step, race.leastSteps]).toEqual([ROUNDS, ROUNDS]);
    race.dispose();
    const whole = await tellAll(THREE, ROUNDS);
    for (const name of [PLAIN_LANE, PROJECTED_LANE]) {
      const losses = [first, rest].flatMap((report) => ofLane(report, name).points.flatMap((points) => points.losses));
      expect(losses).toEqual(ofLane(whole, name).points[0]?.losses);
    }
  });

  test('is not evaluated where its last step broke its weights', async () => {
    const recipe = { ...THREE.recipe, drops: [{ step: 24, by: 1e-35 }] };
    const report = await tellAll({ ...THREE, recipe }, 26);
    expect(report.diverged.map(({ step }) => step)).toEqual([26, 26, 26]);
    expect([report.tests, report.predictions]).toEqual([[], []]);
  });

  test('is no lane that the race waits for: with all gone it stands still', async () => {
    const race = tinyRace(tinyExperiment([PLAIN, RESIDUAL], { learningRate: 1e30 }));
    const { diverged } = await runRounds(race, 10);
    expect(diverged.map(({ lane }) => lane)).toEqual([PLAIN_LANE, RESIDUAL_LANE]);
    expect(race.leastSteps).toBe(Number.POSITIVE_INFINITY);
    expect((await runRounds(race, 3)).points).toEqual([]);
    race.dispose();
  });
});

describe('memory', () => {
  const count = () => ({ tensors: memory().numTensors, buffers: backend().numDataIds() });

  test('is flat over fifty rounds of everything, and free at the end', async () => {
    const before = count();
    const race = tinyRace(THREE);
    const round = async (index: number) => {
      for (const block of [1, 2, 3]) race.setGains(PROJECTED_LANE, [{ block, gain: (index + block) % 2 }]);
      race.round();
      if (index % 3 === 0) await race.report();
    };
    for (let index = 0; index < 50; index++) await round(index);
    await race.report();
    const then = count();
    for (let index = 0; index < 50; index++) await round(index);
    await race.trainingErrors();
    await race.report();
    expect(count()).toEqual(then);
    race.round();
    race.dispose();
    expect(count()).toEqual(before);
  });

  test('that a lane would need more of than there is refuses it, and the race stands', async () => {
    const before = count();
    const device = { ...ROOMY, memoryLimit: 1e4 };
    expect(() => new Race(THREE, tinyData(), device)).toThrow(MemoryError);
    expect(count()).toEqual(before);
    const race = new Race(tinyExperiment([]), tinyData(), device);
    for (const lane of THREE.lanes) expect(() => addLane(race, lane)).toThrow(MemoryError);
    expect(race.experiment.lanes).toEqual([]);
    race.dispose();
    expect(count()).toEqual(before);
  });
});
