import { expect, test } from 'vitest';
import type { LesionResult } from '../../core/results/lesion.ts';
import { meanDamage, sweepErrors } from './lesions.ts';

const SWEEP = {
  study: 'sweep',
  kind: 'branch',
  lane: 'ResNet-8',
  step: 10,
  before: { batch: 50, running: 52 },
  bars: [
    { lesion: { kind: 'branch', block: 1 }, errors: { batch: 60, running: 72 } },
    { lesion: { kind: 'branch', block: 2 }, errors: { batch: 52, running: 62 } },
  ],
  of: 2,
} as const satisfies LesionResult;

test('the damage of a sweep is what it adds to the error of the same statistics', () => {
  expect(meanDamage(sweepErrors(SWEEP, 'batch'))).toBe(6);
  expect(meanDamage(sweepErrors(SWEEP, 'running'))).toBe(15);
  expect(meanDamage(sweepErrors({ ...SWEEP, bars: [] }, 'batch'))).toBe(0);
});
