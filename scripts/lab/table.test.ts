import { expect, it } from 'vitest';
import { PRESETS } from '../../src/spec/presets.ts';
import { insightRows } from './insight-table.ts';
import { summary } from './table.ts';
import type { Outcome } from './task.ts';

function outcome(seed: number, errors: readonly (number | null)[]): Outcome {
  const curves = { step: [], trainError: [], loss: [], testError: [], trb: [] };
  const lanes = PRESETS.tiny.lanes.map(({ name }, index) => {
    const error = errors[index] ?? null;
    return { name, trb: error, testError: error, divergedAt: error === null ? 9 : null, curves };
  });
  const device = { backend: 'wasm', adapter: '1 thread', passedOver: [] };
  return { kind: 'done', device, majority: 73.06, run: { seed, lanes, insight: { lesions: [], probes: [] } } };
}

it('shows means over the seeds and gaps between the nets', () => {
  const text = summary(PRESETS.tiny, [outcome(1, [40, 60, 41]), outcome(2, [42, 64, 40])]);
  const rows = text.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows).toContainEqual(['trb', 'mean', 'seed 1', 'seed 2']);
  expect(rows).toContainEqual(['plain-32', '62.0', '60.0', '64.0']);
  expect(rows).toContainEqual(['plain-32 - plain-8', '21.0', '20.0', '22.0']);
  expect(rows).toContainEqual(['ResNet-32 - plain-8', '-0.5', '1.0', '-2.0']);
  expect(text).toContain('73.1');
});

it('has no mean over seeds of which one is missing', () => {
  const text = summary(PRESETS.tiny, [outcome(1, [40, 60, 41]), outcome(2, [42, null, 40])]);
  const rows = text.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows).toContainEqual(['plain-32', '-', '60.0', '-']);
  expect(rows).toContainEqual(['plain-32 - plain-8', '-', '20.0', '-']);
  expect(text).toContain('plain-32 diverged in step 9 with seed 2.');
});

it('shows the mean and the extremes of the jumps over blocks and seeds', () => {
  const lesions = (errors: readonly number[]) => [
    {
      study: 'sweep',
      lane: 'plain-8',
      step: 9,
      kind: 'branch',
      before: { batch: 40 },
      bars: errors.map((error, index) => ({ lesion: { block: index + 1 }, errors: { batch: error } })),
    } as const,
  ];
  const probes = (ratio: number) => [{ name: 'gradients', lane: 'plain-8', step: 0, ratio } as const];
  const runs = [
    { lesions: lesions([50, 60]), probes: probes(2) },
    { lesions: lesions([42, 48]), probes: probes(4) },
  ];
  const [sweeps, probed] = insightRows(runs);
  expect(sweeps?.[1]?.slice(0, 4)).toEqual(['plain-8', 'branch', '40.0', '+10.0 [+2.0, +20.0]']);
  expect(probed?.[1]).toEqual(['plain-8', 'gradients', '0', '3.00']);
  expect(insightRows([{ lesions: [], probes: [] }])).toEqual([]);
});
