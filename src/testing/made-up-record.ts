import { PRESETS } from '../core/experiment/presets.ts';
import type { EvidenceRecord, NetRecord } from '../core/results/evidence.ts';

/** The steps of the record. */
export const UNTIL = 100;

/** A run that diverged nowhere, whose every batch has the error that is measured at its end. */
export function recordedRun(lane: string, seed: number, trb: number, steps = UNTIL): NetRecord {
  return {
    ...{ lane, seed, steps, divergedAt: null, opening: [], tests: [] },
    probes: [],
    source: { backend: 'wasm', adapter: '1 thread', machine: '2 cores', commits: ['a'], seconds: 1, cpuSeconds: 1 },
    curve: { every: 2, trainError: Array.from({ length: steps / 2 }, () => trb), loss: [] },
    measured: [{ step: steps, trb, test: trb + 5 }],
  };
}

const { recipe } = PRESETS.sweep;

/** A record of the emoji with two seeds, made in part, with round errors. */
export const MADE_UP_RECORD: EvidenceRecord = {
  format: 'resnet-playground-record',
  version: 1,
  name: 'lasts',
  experiment: { ...PRESETS.sweep, recipe: { ...recipe, drops: [{ step: 80, by: 10 }] }, until: UNTIL },
  seeds: [1, 2],
  data: { sha256: 'a', train: 1000, test: 500, majority: 75 },
  runs: [
    ...[
      recordedRun('plain-8', 1, 20),
      recordedRun('plain-8', 2, 24),
      recordedRun('plain-56', 1, 60),
      recordedRun('ResNet-8', 1, 20),
    ],
    ...[recordedRun('ResNet-56', 1, 21), recordedRun('plain-56', 2, 70), recordedRun('plain-20', 1, 30, 50)],
  ],
};
