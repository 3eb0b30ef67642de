import { beforeAll, expect, test } from 'vitest';
import { writeSafetensors } from '../../data/formats/safetensors.ts';
import { RESIDUAL, runRounds, tinyExperiment, tinyRace } from '../../testing/engine/tiny-race.ts';
import { startDevice } from '../device/device.ts';
import { savedGains } from './saved-gains.ts';

beforeAll(async () => {
  await startDevice('cpu');
});

test('are those in force when the net was saved', async () => {
  const surgery = [{ step: 1, lane: 'ResNet-8', block: 2, gain: 0.5 }];
  const race = tinyRace({ ...tinyExperiment([RESIDUAL]), surgery });
  await runRounds(race, 2);
  expect(savedGains(await race.weights('ResNet-8'))).toEqual([1, 0.5, 1]);
  race.dispose();
});

test.each([
  ['no metadata', {}],
  ['a net that is no JSON', { net: '{' }],
  ['gains that no net may have', { net: JSON.stringify({ gains: [1, -7, 1] }) }],
])('are unknown of a file with %s', (_, metadata) => {
  expect(savedGains(writeSafetensors([], metadata))).toBeNull();
});

test('are unknown of what is no file of weights', () => {
  expect(savedGains(Uint8Array.of(1, 2, 3))).toBeNull();
});
