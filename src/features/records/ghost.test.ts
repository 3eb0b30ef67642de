import { expect, test } from 'vitest';
import { meanAt } from '../../charts/series/running-mean.ts';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import '../../language/speak-english.ts';
import { MADE_UP_RECORD as RECORD } from '../../testing/made-up-record.ts';
import { recordedRace } from '../race/curves/past-races.ts';
import { fits, ghostNets, ghostWay, raceInFront } from './ghost.ts';
import { recordedWords } from './records.ts';

const { recipe } = PRESETS.sweep;

test('a ghost is behind a race of the same images and recipe, whatever its seed and what comes later', () => {
  expect(fits(RECORD, { ...PRESETS.degradation, until: 60, recipe: { ...recipe, seed: 9 } })).toBe(true);
  expect(fits(RECORD, PRESETS.degradation)).toBe(false);
  expect(fits(RECORD, { ...PRESETS.degradation, until: 60, recipe: { ...recipe, learningRate: 0.1 } })).toBe(false);
  expect(fits(RECORD, { ...PRESETS.tiny, until: 60 })).toBe(false);
  const front = raceInFront(RECORD, PRESETS.degradation.data, true);
  expect(front.lanes.map(({ name }) => name)).toEqual(['plain-8', 'plain-56', 'ResNet-56']);
  expect(fits(RECORD, front)).toBe(true);
});

test('images that no other browser has are told of, and the page’s taken in their place', () => {
  const data = { source: 'own', name: 'CIFAR-10', hash: 'c'.repeat(64), size: 16 } as const;
  const record = { ...RECORD, experiment: { ...RECORD.experiment, data } };
  const front = raceInFront(record, PRESETS.degradation.data, false);
  expect(front.data).toEqual(PRESETS.degradation.data);
  expect(fits(record, front)).toBe(true);
  const other = PRESETS.tiny;
  expect([front, { ...front, data }].map((live) => ghostWay(record, live, true))).toEqual(['otherImages', 'fits']);
  expect([true, false].map((hasImages) => ghostWay(record, other, hasImages))).toEqual(['opens', 'emoji']);
  expect(ghostWay(RECORD, front, true)).toBe('fits');
  expect(recordedRace(record, front, 0).name).toContain('recorded on CIFAR-10, not on this race’s images');
  expect(recordedWords(record, front).setup).toBe('paper.endSetupElsewhere');
  expect(recordedWords(record, { ...front, data }).setup).toBe('paper.endSetup');
  expect(recordedWords(RECORD, front).setup).toBe('paper.endSetup');
});

test('a ghost has the nets of the race, their letter, and the events that the race has not', () => {
  const live = { ...PRESETS.deep, until: 60 };
  expect(ghostNets(RECORD, live).map(({ lane }) => lane.name)).toEqual(['plain-8', 'plain-56', 'ResNet-56']);
  expect(ghostNets(RECORD, PRESETS.options)).toHaveLength(4);
  const { tag, series, marks } = recordedRace(RECORD, live, 1);
  expect([tag, series[0]?.name, series[0]?.past]).toEqual(['B', 'B plain-8', true]);
  expect(marks).toMatchObject([{ step: 80, kind: 'drop', text: 'B rate ÷ 10', past: true }]);
  expect(series.map((one) => [1, 2].map((step) => meanAt(one, 1, step)))).toEqual([
    [null, 22],
    [null, 65],
    [null, 21],
  ]);
  const nameBehind = (race: Experiment) => recordedRace(RECORD, race, 1).name;
  expect(nameBehind(live)).toMatch(/, 1 to 2 seeds, kept as means of 2 batches$/);
  // Whatever seeds other nets have.
  const only = (name: string) => ({ ...live, lanes: live.lanes.filter((lane) => lane.name === name) });
  expect(nameBehind(only('plain-8'))).toMatch(/, 2 seeds, /);
  expect(nameBehind(only('ResNet-56'))).toMatch(/, one seed, /);
});
