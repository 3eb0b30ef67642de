import { beforeAll, expect, test } from 'vitest';
import { nameLanes } from '../../core/experiment/experiment.ts';
import { makeNet } from '../../core/net/net.ts';
import type { EvidenceRecord } from '../../core/results/evidence.ts';
import '../../language/speak-english.ts';
import { trainedRecord } from '../../testing/engine/trained-record.ts';
import { findingsOf } from '../records/findings.ts';
import { recordedNets, spreadText } from '../records/record-nets.ts';
import { responsePanels } from './ResponsesFigure.tsx';

const lanes = nameLanes([makeNet('plain', 8), makeNet('residual', 8), makeNet('plain', 20), makeNet('residual', 20)]);
let record: EvidenceRecord;
beforeAll(async () => {
  const [until, seeds] = [4, [1, 2, 3]];
  record = await trainedRecord({ name: 'figure-7', lanes, seeds, until, probes: ['responses'] });
}, 60_000);

test('the responses of trained nets are drawn in order and sorted, each a mean over the seeds with its range', () => {
  const nets = recordedNets(record);
  const deep = nets.find(({ lane }) => lane.name === 'ResNet-20');
  const layers = deep?.responses?.layers ?? [];
  expect([layers.length, layers[0]?.layer, layers.at(-1)?.layer]).toEqual([19, 'stem.conv', 'stage3.block3.conv2']);
  const [inOrder, sorted] = responsePanels(nets);
  expect(inOrder?.lines.map(({ net }) => net.name)).toEqual(['plain-8', 'plain-20', 'ResNet-8', 'ResNet-20']);
  expect(sorted?.categories).toHaveLength(19);
  const points = sorted?.lines.at(-1)?.points ?? [];
  expect(points.map(({ value }) => value)).toEqual(points.map(({ value }) => value).toSorted((a, b) => b - a));
  for (const { low = Number.NaN, value, high = Number.NaN } of points) {
    expect(low).toBeLessThanOrEqual(value);
    expect(value).toBeLessThanOrEqual(high);
  }
});

test('what is said of a record changes with its seeds', () => {
  const said = findingsOf(record).join(' ');
  expect(said).toMatch(
    /With 20 layers, the mean response of a layer is [\d.]+ in the plain net and [\d.]+ .*\(3 seeds\)/,
  );
  expect(said).toMatch(/In residual nets, from 8 to 20 layers, it goes from [\d.]+ to [\d.]+ \(3 seeds\)/);
  expect(said).toMatch(/Plain nets, from 8 to 20 layers: .*\(3 seeds\)/);
  expect(said).toMatch(/With 20 layers, the training error is .*\(3 seeds\)/);
  expect(said).not.toContain('one seed');
  for (const { trb } of recordedNets(record)) expect(spreadText(trb)).toMatch(/^[\d.]+ \([\d.]+–[\d.]+\)$/);

  const first = { ...record, runs: record.runs.filter(({ seed }) => seed === 1) };
  expect(findingsOf(first).join(' ')).toContain('(one seed, and others may differ)');
  const inPart = { ...record, runs: record.runs.filter(({ seed, lane }) => seed < 3 || lane.endsWith('-8')) };
  expect(recordedNets(inPart).map(({ runs }) => runs.length)).toEqual([3, 2, 3, 2]);
  expect(findingsOf(inPart).join(' ')).toContain('(2 seeds)');
});
