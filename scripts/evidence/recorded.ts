import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvidenceRecord, type NetRecord, parseRecord } from '../../src/core/results/evidence.ts';
import { type Definition, EVIDENCE, keyOf, tasksOf } from './definition.ts';
import { type NetState, recordOf } from './net-state.ts';

const RECORDS = join(EVIDENCE, 'records');

/** The names of the records that there are. */
export async function recordNames(): Promise<readonly string[]> {
  const files = await readdir(RECORDS).catch(() => []);
  return files.map((file) => file.replace(/\.json$/, '')).toSorted();
}

/** The file of a record. */
export function recordPath(name: string): string {
  return join(RECORDS, `${name}.json`);
}

/** Reads a record; null where there is none. Throws a `ValiError` or an `ExperimentError` where it is malformed. */
export async function readRecord(name: string): Promise<EvidenceRecord | null> {
  const text = await readFile(recordPath(name), 'utf8').catch(() => null);
  return text === null ? null : parseRecord(JSON.parse(text));
}

/** A net's run in a record, and the images that it saw. */
export interface RecordedRun {
  readonly run: NetRecord;
  readonly data: EvidenceRecord['data'];
}

/**
 * The runs of records by `keyOf`: none is taken for one of another recipe, net or data, and definitions that share a net
 * share its run. Of two runs the longer is taken; of two as long, that of the later record.
 */
export function runsByKey(records: readonly EvidenceRecord[]): ReadonlyMap<string, RecordedRun> {
  const byKey = new Map<string, RecordedRun>();
  for (const record of records) {
    for (const task of tasksOf(record)) {
      const run = record.runs.find(({ lane, seed }) => lane === task.lane && seed === task.seed);
      const key = keyOf(task, record.data.sha256);
      if (run !== undefined && run.steps >= (byKey.get(key)?.run.steps ?? 0))
        byKey.set(key, { run, data: record.data });
    }
  }
  return byKey;
}

/** The runs of all records; of two as long, the one of the record `name`, whose probes may be its own. */
export async function runsFor(name: string): Promise<ReadonlyMap<string, RecordedRun>> {
  const others = (await recordNames()).filter((each) => each !== name);
  const records = await Promise.all([...others, name].map(readRecord));
  return runsByKey(records.filter((record) => record !== null));
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
