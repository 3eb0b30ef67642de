import { expect, test } from 'vitest';
import { PRESET_NAMES, PRESETS } from '../src/core/experiment/presets.ts';
import { raceInFront } from '../src/features/records/ghost.ts';
import { loadRecord } from '../src/features/records/record-files.ts';
import { MINUTES, RECORDS_OF_END } from '../src/features/setup/presets/DepthInTheEnd.tsx';
import { PRESET_WORDS } from '../src/features/setup/presets/preset-words.ts';
import { slowestSeconds } from './presets.ts';

test('the cards of the experiments say the minutes that were measured', () => {
  // Thinner nets than those that were measured here.
  const names = PRESET_NAMES.filter((name) => name !== 'preactivation');
  const said = names.map((name) => [name, PRESET_WORDS[name].minutes]);
  expect(said).toEqual(names.map((name) => [name, Math.round(slowestSeconds(PRESETS[name]) / 60)]));
});

test('so does the card of the race in front of a record', async () => {
  const record = await loadRecord(RECORDS_OF_END[0]);
  const race = raceInFront(record, PRESETS.degradation.data, false);
  expect(MINUTES).toBe(Math.round(slowestSeconds(race) / 60));
});
