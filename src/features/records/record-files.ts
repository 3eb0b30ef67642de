import { useEffect, useState } from 'react';
import { type EvidenceRecord, parseRecord, wholeRuns } from '../../core/results/evidence.ts';
import { loadLate } from '../../ui/late.tsx';
import type { RecordName } from './records.ts';

/** Each record in a chunk of its own, loaded when it is first asked for; the build has those that are in the repository. */
const FILES = import.meta.glob<unknown>(['../../../evidence/records/*.json', '!**/tiny.json'], {
  import: 'default',
});

/** Whether this build has the record, in whole or in part. */
export function hasRecord(name: RecordName): boolean {
  return fileOf(name) !== undefined;
}

function fileOf(name: RecordName) {
  return FILES[`../../../evidence/records/${name}.json`];
}

const loaded = new Map<RecordName, Promise<EvidenceRecord>>();

/** Loads a record, once. Rejects with a `LateError` where its chunk cannot be had, and asks again the next time. */
export function loadRecord(name: RecordName): Promise<EvidenceRecord> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const load = fileOf(name);
  if (load === undefined) return Promise.reject(new Error(`there is no record ${name}`));
  const asked = loadLate(load).then(parseRecord);
  loaded.set(name, asked);
  asked.catch(() => loaded.delete(name));
  return asked;
}

/** What is known of a record: null before it is loaded, `missing` where the build has none or no net was trained to the end. */
export type Recorded = EvidenceRecord | 'missing' | null;

/** The record, loaded when a component first asks for it. Throws into the error boundary where that fails. */
export function useRecord(name: RecordName | undefined): Recorded {
  const isThere = name !== undefined && hasRecord(name);
  const [record, setRecord] = useState<EvidenceRecord | null>(null);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  useEffect(() => {
    if (name === undefined || !hasRecord(name)) return;
    let wanted = true;
    loadRecord(name).then(
      (each) => wanted && setRecord(each),
      (error: unknown) => wanted && setFailure({ error }),
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  if (failure !== null) throw failure.error;
  if (!isThere) return 'missing';
  return record === null || wholeRuns(record).length > 0 ? record : 'missing';
}
