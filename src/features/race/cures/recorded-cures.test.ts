import { expect, test } from 'vitest';
import { nameLanes } from '../../../core/experiment/experiment.ts';
import { makeNet } from '../../../core/net/net.ts';
import type { EvidenceRecord } from '../../../core/results/evidence.ts';
import '../../../language/speak-english.ts';
import { trainedRecord } from '../../../testing/engine/trained-record.ts';
import { fits } from '../../records/ghost.ts';
import { recordedAbout, recordedRows, recordedText } from './RecordedCures.tsx';

const lanes = nameLanes([
  makeNet('plain', 8),
  makeNet('plain', 8, { choices: { start: { type: 'identity', share: 0.1 } } }),
  makeNet('plain', 8, { choices: { slope: 0.5 } }),
  makeNet('residual', 8, { choices: { norm: { type: 'none' } } }),
  makeNet('residual', 8),
]);

test('a record of the cures has a row for each live net that was trained to the end, under its name there', async () => {
  const until = 3;
  const isInPart = (lane: string, seed: number) => lane === 'plain-8, slope 0.5' || (lane === 'ResNet-8' && seed === 2);
  const stop = (lane: string, seed: number) => (isInPart(lane, seed) ? 1 : until);
  const record = await trainedRecord({ name: 'cures', lanes, seeds: [1, 2], until, stop });
  expect(fits(record, { ...record.experiment, until: 1 })).toBe(true);

  const live = lanes.filter(({ name }) => name !== 'plain-8').map((lane) => ({ ...lane, name: `my ${lane.name}` }));
  const rows = recordedRows(record, live);
  expect(rows.map(({ name, seeds, isWall }) => [name, seeds, isWall])).toEqual([
    ['my plain-8, identity start', 2, false],
    ['my ResNet-8, no norm', 2, false],
    ['my ResNet-8', 1, true],
  ]);
  const [run] = record.runs.filter(({ lane, seed }) => lane === 'ResNet-8' && seed === 1);
  const mean = (run?.curve.trainError ?? []).reduce<number>((sum, error) => sum + (error ?? Number.NaN) / until, 0);
  expect(rows.at(-1)?.mean).toBeCloseTo(mean, 3);
  for (const row of rows) expect(recordedText(row, null)).toMatch(/^recorded: [\d.]+%$/);
  expect(rows[0] && recordedText(rows[0], 'reaches')).toMatch(/%, as good as the ResNet$/);

  // ResNet-8 is trained to the end with one of its seeds.
  const about = (of: EvidenceRecord, lanes = record.experiment.lanes) =>
    recordedAbout(of, { ...record.experiment, lanes });
  expect(about(record)).toContain('for 3 steps with two learning-rate drops, with 1 to 2 seeds each.');
  expect(about(record, live.slice(0, 3))).toContain('with 2 seeds each.');
  const second = { ...record, runs: record.runs.filter(({ seed }) => seed === 2) };
  expect(about({ ...second, seeds: [2] })).toContain('with one seed each.');
}, 60_000);
