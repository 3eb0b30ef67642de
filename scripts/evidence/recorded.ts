import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvidenceRecord, type NetRecord, parseRecord } from '../../src/core/results/evidence.ts';
import { LabError } from '../lab/error.ts';
import { type Definition, EVIDENCE, keyOf, tasksOf } from './definition.ts';

const RECORDS = join(EVIDENCE, 'records');

/** The names of the records that there are. */
export async function recordNames(): Promise<readonly string[]> {
  const files = await readdir(RECORDS).catch(() => []);
  // A process that was ended while it wrote leaves a file of another ending.
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).toSorted();
}

/** The file of a record. */
export function recordPath(name: string): string {
  return join(RECORDS, `${name}.json`);
}

/** Reads a record; null where there is none. Throws a `LabError` that names it where it cannot be read. */
export async function readRecord(name: string): Promise<EvidenceRecord | null> {
  try {
    return parseRecord(JSON.parse(await readFile(recordPath(name), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new LabError(`record ${name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** A net's run in a record, and the images that it saw. */
export interface RecordedRun {
  readonly run: NetRecord;
  readonly data: EvidenceRecord['data'];
}

/**
 * The runs of records by `keyOf`: none is taken for one of another recipe, net or data, and definitions that share a net
 * share its runs.
 */
export function runsByKey(records: readonly EvidenceRecord[]): ReadonlyMap<string, readonly RecordedRun[]> {
  const byKey = new Map<string, readonly RecordedRun[]>();
  for (const { data, ...record } of records) {
    for (const task of tasksOf(record)) {
      const run = record.runs.find(({ lane, seed }) => lane === task.lane && seed === task.seed);
      const key = keyOf(task, data.sha256);
      if (run !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), { run, data }]);
    }
  }
  return byKey;
}

/** The runs of all records by `keyOf`. */
export async function recordedRuns(): Promise<ReadonlyMap<string, readonly RecordedRun[]>> {
  const records = await Promise.all((await recordNames()).map(readRecord));
  return runsByKey(records.filter((record) => record !== null));
}

/**
 * Whether a net needs no more training up to step `until` of the definition: it has come there, or diverged, and has every
 * measurement so far and, at the definition's end, every probe. A run that went beyond that end is another definition's.
 */
export function isDone(run: NetRecord, { experiment, measureAt, probes }: Definition, until: number): boolean {
  if (run.steps > experiment.until) return false;
  if (run.divergedAt !== null) return true;
  const measured = new Set(run.measured.map(({ step }) => step));
  const probed = new Set(run.probes.map(({ name }) => name));
  return (
    run.steps >= until &&
    [...measureAt, experiment.until].every((at) => at > until || measured.has(at)) &&
    (until < experiment.until || probes.every((name) => probed.has(name)))
  );
}

/**
 * Of a net's runs the one that a record of the definition holds: one that is done, else the longest that does not go
 * beyond the definition's end; with what the definition measures alone, since the rest is of a definition that shares the
 * net, or of an earlier end. Undefined where there is none.
 */
export function chosenRun(runs: readonly RecordedRun[], definition: Definition): RecordedRun | undefined {
  const { probes, measureAt, experiment } = definition;
  const { until } = experiment;
  const [longest] = runs.filter(({ run }) => run.steps <= until).toSorted((a, b) => b.run.steps - a.run.steps);
  const chosen = runs.find(({ run }) => isDone(run, definition, until)) ?? longest;
  if (chosen === undefined) return undefined;
  const { run } = chosen;
  const own = {
    measured: run.measured.filter(({ step }) => step === until || measureAt.includes(step)),
    probes: run.probes.filter(({ name }) => probes.some((probe) => probe === name)),
  };
  return { ...chosen, run: { ...run, ...own } };
}
