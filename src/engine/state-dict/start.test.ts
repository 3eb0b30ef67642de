import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { PLAIN, ROOMY, runRounds, tinyData, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
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
  const name = await race.branch('plain-8');
  expect(race.experiment.lanes.find((each) => each.name === name)?.start).toEqual(start);
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
