import { expect, it } from 'vitest';
import { PRESETS } from '../../src/spec/presets.ts';
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
