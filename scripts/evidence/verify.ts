import type { DeviceInfo } from '../../src/core/experiment/device.ts';
import { type EvidenceRecord, type NetRecord, OPENING_STEPS } from '../../src/core/results/evidence.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { Definition } from './definition.ts';
import { tasksOf } from './definition.ts';
import { recordOf } from './net-state.ts';
import { trainNet } from './train-net.ts';

/** Relative difference of the mean loss that another binary variant, whose last bits differ, may make. */
const TOLERANCE = 0.1;

/** How a net that was trained again compares with its record. */
export interface Verdict {
  readonly lane: string;
  readonly seed: number;
  /** Steps that were compared. */
  readonly steps: number;
  /** `same`: to the last bit; `close`: computed by another binary variant, within the tolerance. */
  readonly result: 'same' | 'close' | 'different';
  /** The first step, from 0, whose loss differs; null where none does. */
  readonly firstDifference: number | null;
}

/** Trains the first steps of a record's nets again, at most `most`, and compares the losses. */
export async function* verify(
  record: EvidenceRecord,
  dataset: Dataset,
  device: DeviceInfo,
  most = OPENING_STEPS,
): AsyncGenerator<Verdict> {
  const definition: Pick<Definition, 'sha256' | 'measureAt' | 'probes'> = {
    sha256: record.data.sha256,
    measureAt: [],
    probes: [],
  };
  for (const task of tasksOf(record)) {
    const run = record.runs.find(({ lane, seed }) => lane === task.lane && seed === task.seed);
    if (run === undefined) continue;
    const until = Math.min(most, run.opening.length);
    let opening: NetRecord['opening'] = [];
    for await (const state of trainNet({ task, definition, dataset, device, commit: '', until }, null)) {
      ({ opening } = recordOf(task.lane, task.seed, state));
    }
    yield verdictOf(run, opening.slice(0, until), device);
  }
}

function verdictOf(
  { lane, seed, opening, source }: NetRecord,
  again: NetRecord['opening'],
  device: DeviceInfo,
): Verdict {
  const at = again.findIndex((loss, step) => loss !== opening[step]);
  const shared = { lane, seed, steps: again.length, firstDifference: at === -1 ? null : at };
  if (at === -1) return { ...shared, result: 'same' };
  const isSameVariant = source.backend === device.backend && source.simd === device.simd && device.backend !== 'webgpu';
  const [mean, expected] = [meanOf(again), meanOf(opening.slice(0, again.length))];
  const isClose = !isSameVariant && Math.abs(mean - expected) <= TOLERANCE * expected;
  return { ...shared, result: isClose ? 'close' : 'different' };
}

function meanOf(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? Number.NaN) / values.length, 0);
}
