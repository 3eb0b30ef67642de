import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import {
  addBranch,
  PLAIN,
  ROOMY,
  runRounds,
  tinyData,
  tinyExperiment,
  tinyRace,
} from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { AT_ONCE } from '../insight/measurement.ts';
import { Race } from '../training/race.ts';

beforeAll(async () => {
  await startDevice('wasm');
});

test('a lane may begin with the weights of a file, again and again, and branches with it', async () => {
  const first = tinyRace(tinyExperiment([PLAIN]));
  await runRounds(first, 3);
  const file = await first.weights('plain-8');
  first.dispose();
  const start = { file: 'plain-8.safetensors', hash: 'h' };
  const [lane] = nameLanes([PLAIN]);
  const experiment = { ...tinyExperiment([]), lanes: lane === undefined ? [] : [{ ...lane, start }] };
  const open = () => new Race(experiment, tinyData(), ROOMY, new Map(), new Map([['h', file]]));
  const race = open();
  expect(await race.weights('plain-8')).not.toEqual(file);
  const again = await Promise.all([race.weights('plain-8'), open().weights('plain-8')]);
  expect(again[0]).toEqual(again[1]);
  const name = await addBranch(race, 'plain-8');
  expect(race.experiment.lanes.find((each) => each.name === name)?.start).toEqual(start);
  race.dispose();
});

test('a block that is reset has the values of the file again', async () => {
  const other = tinyRace(tinyExperiment([PLAIN], { seed: 5 }));
  await runRounds(other, 20);
  const file = await other.weights('plain-8');
  other.dispose();
  const [lane = expect.fail('no lane')] = nameLanes([PLAIN]);
  const start = { file: 'plain-8.safetensors', hash: 'h' };
  const experiment = { ...tinyExperiment([]), lanes: [{ ...lane, start }] };
  const race = new Race(experiment, tinyData(), ROOMY, new Map(), new Map([['h', file]]));
  const request = { study: 'sweep', kind: 'reset', statistics: ['batch'] } as const;
  const found = await race.insight('plain-8').lesion(request, AT_ONCE);
  if (found.study !== 'sweep') expect.fail();
  expect(found.bars.map(({ errors }) => errors)).toEqual([1, 2, 3].map(() => found.before));
  race.dispose();
});

test('a file that is not there or of another net is refused, and nothing is left behind', () => {
  const before = memory().numTensors;
  const [lane] = nameLanes([PLAIN]);
  const start = { file: 'a.safetensors', hash: 'h' };
  const experiment = { ...tinyExperiment([PLAIN]), lanes: lane === undefined ? [] : [{ ...lane, start }] };
  expect(() => new Race(experiment, tinyData(), ROOMY)).toThrow('weights file: a.safetensors (content h) is not here');
  const files = new Map([['h', new Uint8Array(3)]]);
  expect(() => new Race(experiment, tinyData(), ROOMY, new Map(), files)).toThrow('it has 3 bytes');
  expect(memory().numTensors).toBe(before);
});
