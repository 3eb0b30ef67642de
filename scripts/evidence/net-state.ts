import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import * as v from 'valibot';
import { type NetRecord, OPENING_STEPS } from '../../src/core/results/evidence.ts';
import type { RaceReport } from '../../src/core/results/report.ts';
import type { LaneSnapshot } from '../../src/core/results/snapshot.ts';
import { writeAtomically } from '../data/files.ts';

/** A net in training, with everything that training goes on from and that its record is made of. */
export interface NetState {
  /** The net after the last finished step; null at step 0. */
  readonly snapshot: LaneSnapshot | null;
  /** Loss in nats and error in percent of each step's batch. */
  readonly losses: readonly number[];
  readonly errors: readonly number[];
  readonly tests: NetRecord['tests'];
  readonly measured: NetRecord['measured'];
  readonly probes: NetRecord['probes'];
  readonly divergedAt: number | null;
  readonly data: {
    readonly sha256: string;
    readonly train: number;
    readonly test: number;
    readonly majority: number;
  };
  readonly source: NetRecord['source'];
}

/** Most points of a curve, and of the test errors: what a chart some 800 pixels wide can show. */
const MOST_POINTS = { curve: 400, tests: 100 } as const;

/** The state in a file of `writeState`; null where there is none. */
export async function readState(file: string): Promise<NetState | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return null;
  // Only this program writes these files, and only whole.
  return v.parse(
    v.custom<NetState>((value) => typeof value === 'object' && value !== null),
    deserialize(bytes),
  );
}

/** Writes the state, or leaves the earlier one whole. */
export async function writeState(file: string, state: NetState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeAtomically(file, serialize(state));
}

/** The state with the measurements of a report, which holds one net. */
export function withReport(state: NetState, { points, tests, diverged }: RaceReport): NetState {
  return {
    ...state,
    losses: [...state.losses, ...points.flatMap(({ losses }) => losses)],
    errors: [...state.errors, ...points.flatMap(({ errors }) => errors)],
    tests: [...state.tests, ...tests.map(({ step, error }) => ({ step, error: finite(error, 2) }))],
    divergedAt: diverged[0]?.step ?? state.divergedAt,
  };
}

/** The record of a net, its curves thinned to `MOST_POINTS`. */
export function recordOf(lane: string, seed: number, state: NetState): NetRecord {
  const { losses, errors, tests, measured, probes, divergedAt, source } = state;
  const every = Math.max(1, Math.ceil(losses.length / MOST_POINTS.curve));
  const testEvery = Math.max(1, Math.ceil(tests.length / MOST_POINTS.tests));
  return {
    lane,
    seed,
    steps: losses.length,
    divergedAt,
    source: { ...source, seconds: Math.round(source.seconds), cpuSeconds: Math.round(source.cpuSeconds) },
    // A loss is a 32-bit float: 9 digits name it exactly.
    opening: losses.slice(0, OPENING_STEPS).map((loss) => (Number.isFinite(loss) ? Number(loss.toPrecision(9)) : null)),
    curve: { every, trainError: meansOf(errors, every, 2), loss: meansOf(losses, every, 4) },
    tests: tests.filter((_, nth) => (tests.length - 1 - nth) % testEvery === 0),
    measured,
    probes,
  };
}

/** A number as JSON has it, with this many decimals; null for what is not finite. */
export function finite(value: number | undefined, decimals: number): number | null {
  return value !== undefined && Number.isFinite(value) ? Number(value.toFixed(decimals)) : null;
}

/** Means of each `every` values; those that do not fill a last bin are a bin of their own. */
function meansOf(values: readonly number[], every: number, decimals: number): (number | null)[] {
  return Array.from({ length: Math.ceil(values.length / every) }, (_, bin) => {
    const part = values.slice(bin * every, (bin + 1) * every);
    return finite(part.reduce((sum, value) => sum + value, 0) / part.length, decimals);
  });
}
