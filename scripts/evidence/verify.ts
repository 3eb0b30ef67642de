import type { DeviceInfo } from '../../src/core/experiment/device.ts';
import { type EvidenceRecord, type NetRecord, OPENING_STEPS } from '../../src/core/results/evidence.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { Definition } from './definition.ts';
import { tasksOf } from './definition.ts';
import { recordOf } from './net-state.ts';
import { trainNet } from './train-net.ts';

/**
 * Relative differences that another binary variant, whose last bits differ, may make: in the first loss, which no update
 * precedes, in the second, and in the mean of all. The cpu backend differs from wasm by at most 8e-7, 8e-6 and 0.02 in the
 * nets of `tiny`: from the third step on, a plain net of 32 layers makes a difference of 2% out of the last bit. A learning
 * rate of 0.02 in place of 0.03 makes one of 0.4% to 0.9% in the second loss of the deep nets.
 */
const TOLERANCES = { first: 1e-4, second: 1e-3, mean: 0.1 } as const;

/** How a net that was trained again compares with its record. */
export interface Verdict {
  readonly lane: string;
  readonly seed: number;
  /** Steps that were compared. */
  readonly steps: number;
  /** `same`: to the last bit; `close`: computed by another binary variant, within the tolerances. */
  readonly result: 'same' | 'close' | 'different';
  /** The first step, from 0, whose loss differs; null where none does. */
  readonly firstDifference: number | null;
}

/** Trains the first steps of a record's nets again, at most `most`, and compares the losses, and where a net diverged. */
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
    const until = Math.min(most, OPENING_STEPS, run.divergedAt ?? run.steps);
    let again: Outcome = { opening: [], divergedAt: null };
    for await (const state of trainNet({ task, definition, dataset, device, until }, null)) {
      again = recordOf(task.lane, task.seed, state);
    }
    yield verdictOf(run, outcomesOf(run, until), outcomesOf(again, until), device);
  }
}

type Outcome = Pick<NetRecord, 'opening' | 'divergedAt'>;

/** What became of each of the first steps: its loss, or null for the one in which the net diverged, which is the last. */
function outcomesOf({ opening, divergedAt }: Outcome, steps: number): readonly (number | null)[] {
  return [...opening, ...(divergedAt === opening.length + 1 ? [null] : [])].slice(0, steps);
}

function verdictOf(
  { lane, seed, source }: NetRecord,
  expected: readonly (number | null)[],
  again: readonly (number | null)[],
  device: DeviceInfo,
): Verdict {
  const steps = Math.max(expected.length, again.length);
  const at = Array.from({ length: steps }, (_, step) => step).find((step) => again[step] !== expected[step]);
  const shared = { lane, seed, steps, firstDifference: at ?? null };
  if (at === undefined) return { ...shared, result: 'same' };
  const isSameVariant = source.backend === device.backend && source.simd === device.simd && device.backend !== 'webgpu';
  const isClose =
    again.length === expected.length &&
    again.every((loss, step) => (loss === null) === (expected[step] === null)) &&
    isNear(again[0], expected[0], TOLERANCES.first) &&
    isNear(again[1], expected[1], TOLERANCES.second) &&
    isNear(meanOf(again), meanOf(expected), TOLERANCES.mean);
  return { ...shared, result: !isSameVariant && isClose ? 'close' : 'different' };
}

/** Whether a loss is as expected within a relative tolerance, or is missing or none as the expected one is. */
function isNear(again: number | null | undefined, expected: number | null | undefined, tolerance: number): boolean {
  if (typeof again !== 'number' || typeof expected !== 'number') return again === expected;
  return Math.abs(again - expected) <= tolerance * expected;
}

/** The mean of the losses that are numbers. */
function meanOf(values: readonly (number | null)[]): number {
  const numbers = values.filter((value) => value !== null);
  return numbers.reduce((sum, value) => sum + value / numbers.length, 0);
}
