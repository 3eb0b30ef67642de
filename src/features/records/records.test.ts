import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { type Experiment, nameLanes } from '../../core/experiment/experiment.ts';
import { PRESETS } from '../../core/experiment/presets.ts';
import { makeNet } from '../../core/net/net.ts';
import { en } from '../../language/en/catalog.ts';
import { zh } from '../../language/zh/catalog.ts';
import { MADE_UP_RECORD as RECORD } from '../../testing/made-up-record.ts';
import { raceInFront } from './ghost.ts';
import { hasRecord, loadRecord } from './record-files.ts';
import { recordedNets } from './record-nets.ts';
import { isRecordName, RECORDS, recordedWords } from './records.ts';

test('a race shows how recorded nets begin only if it has some, all of them as they were recorded', () => {
  const front = raceInFront(RECORD, PRESETS.degradation.data, true);
  const setupOf = (live: Experiment) => recordedWords(RECORD, live).setup;
  const wider = nameLanes([makeNet('plain', 8, { width: 16 }), makeNet('residual', 8, { width: 16 })]);
  expect(setupOf({ ...front, lanes: wider })).toBe('paper.endSetupApart');
  expect(setupOf({ ...front, lanes: [...front.lanes, ...wider] })).toBe('paper.endSetup');
  const cut = { step: 20, lane: 'ResNet-56', block: 1, gain: 0 };
  expect(setupOf({ ...front, surgery: [cut] })).toBe('paper.endSetupApart');
  const start = { file: 'weights', hash: 'a'.repeat(64) };
  expect(setupOf({ ...front, lanes: front.lanes.map((lane) => ({ ...lane, start })) })).toBe('paper.endSetupApart');
  const apart = [en, zh].flatMap(({ paper }) => [
    ...[paper.endSetupApart, paper.endSetupElsewhereApart, paper.thousandSetupApart],
  ]);
  for (const text of apart) expect(text).not.toMatch(/begin|开始/);
});

test('a record of one depth asks another question than whether depth pays', () => {
  const { question, setup } = recordedWords({ ...RECORD, name: 'thousand-layers' }, RECORD.experiment);
  expect([question, setup]).toEqual(['paper.thousandQuestion', 'paper.thousandSetup']);
});

test('every record of the repository can be shown, but the small one of the tests', async () => {
  const files = readdirSync('evidence/records').map((file) => basename(file, '.json'));
  const there = Object.keys(RECORDS).filter(isRecordName).filter(hasRecord);
  expect([...there, 'tiny'].sort()).toEqual(files.sort());
  for (const name of there) expect(recordedNets(await loadRecord(name)).length).toBeGreaterThan(0);
});
