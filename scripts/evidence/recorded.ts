import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvidenceRecord, type NetRecord, parseRecord } from '../../src/core/results/evidence.ts';
import { type Definition, EVIDENCE, keyOf, tasksOf } from './definition.ts';
import { type NetState, recordOf } from './net-state.ts';

/** The file of a record. */
export function recordPath(name: string): string {
  return join(EVIDENCE, 'records', `${name}.json`);
}

/** Reads a record; null where there is none. Throws a `ValiError` or an `ExperimentError` where it is malformed. */
export async function readRecord(name: string): Promise<EvidenceRecord | null> {
  const text = await readFile(recordPath(name), 'utf8').catch(() => null);
  return text === null ? null : parseRecord(JSON.parse(text));
}

/** The runs of a record by `keyOf`, so that none is taken for one of another recipe, net or data. */
export function runsByKey(record: EvidenceRecord): ReadonlyMap<string, NetRecord> {
  return new Map(
    tasksOf(record).flatMap((task) => {
      const run = record.runs.find(({ lane, seed }) => lane === task.lane && seed === task.seed);
      return run === undefined ? [] : [[keyOf(task, record.data.sha256), run]];
    }),
  );
}

/**
 * Whether a recorded net needs no more training: it has reached `until`, or diverged, and has every measurement and probe
 * of the definition. Its state may be on another machine, or deleted.
 */
export function isDone(run: NetRecord, { measureAt, probes }: Definition, until: number): boolean {
  if (run.divergedAt !== null) return true;
  const measured = new Set(run.measured.map(({ step }) => step));
  const probed = new Set(run.probes.map(({ name }) => name));
  return (
    run.steps >= until &&
    measureAt.every((at) => at > until || measured.has(at)) &&
    probes.every((name) => probed.has(name))
  );
}

/** What a record has of a net: its earlier run, or its state where that is at least as far; null where it was not begun. */
export function runOf(
  { lane, seed }: Pick<NetRecord, 'lane' | 'seed'>,
  earlier: NetRecord | undefined,
  state: NetState | null,
): NetRecord | null {
  if (state === null || state.losses.length < (earlier?.steps ?? 0)) return earlier ?? null;
  return recordOf(lane, seed, state);
}
