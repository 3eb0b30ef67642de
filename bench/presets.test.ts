import { expect, test } from 'vitest';
import { PRESET_NAMES } from '../src/core/experiment/presets.ts';
import { PRESET_WORDS } from '../src/features/setup/presets/preset-words.ts';
import { slowestSeconds } from './presets.ts';

test('the cards of the experiments say the minutes that were measured', () => {
  // Thinner nets than those that were measured here.
  const names = PRESET_NAMES.filter((name) => name !== 'preactivation');
  const said = names.map((name) => [name, PRESET_WORDS[name].minutes]);
  expect(said).toEqual(names.map((name) => [name, Math.round(slowestSeconds(name) / 60)]));
});
