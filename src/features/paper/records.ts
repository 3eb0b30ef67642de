import { useEffect, useState } from 'react';
import type { Experiment } from '../../core/experiment/experiment.ts';
import { type EvidenceRecord, parseRecord } from '../../core/results/evidence.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import { loadLate } from '../../ui/late.tsx';
import type { QuestionWords } from '../setup/presets/preset-words.ts';

/** Each record in a chunk of its own, loaded when it is first asked for; the build has those that are in the repository. */
const FILES = import.meta.glob<unknown>(['../../../evidence/records/*.json', '!**/tiny.json'], {
  import: 'default',
});

/** The records that the page shows, by the names of `evidence/`, and their words. */
export const RECORDS = {
  lasts: { title: 'paper.lasts', why: 'paper.lastsWhy' },
  'cifar-10': { title: 'paper.cifar10', why: 'paper.cifar10Why' },
  'figure-4': { title: 'paper.recordFigure4', why: 'paper.recordFigure4Why' },
  'figure-7': { title: 'paper.recordFigure7', why: 'paper.cifar10Why' },
  'thousand-layers': { title: 'paper.thousandLayers', why: 'paper.thousandLayersWhy' },
  'paper-table': { title: 'paper.paperTable', why: 'paper.paperTableWhy' },
} as const satisfies Readonly<Record<string, RecordWords>>;

/** The words of a record: its title, and why it may differ from the paper. */
interface RecordWords {
  readonly title: MessageKey;
  readonly why: MessageKey;
}

/** The words over a race that has a record behind it. */
export const RECORDED_WORDS = {
  name: 'paper.endName',
  question: 'paper.endQuestion',
  setup: 'paper.endSetup',
  note: 'paper.endNote',
} as const satisfies QuestionWords;

/** The name of a record that the page shows. */
export type RecordName = keyof typeof RECORDS;

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

/** The nets of a record that were trained to the end, or as far as their loss was a number. */
export function wholeRuns({ experiment, runs }: EvidenceRecord): EvidenceRecord['runs'] {
  return runs.filter(({ steps, divergedAt }) => steps >= experiment.until || divergedAt !== null);
}

/** What a record behind a live race is called: its title, whose images it had where they are others, and the seeds. */
export function ghostName(record: EvidenceRecord, live: Experiment): string {
  const { name, experiment } = record;
  const title = isRecordName(name) ? say(RECORDS[name].title) : name;
  const values = { title, steps: experiment.until, seeds: new Set(wholeRuns(record).map(({ seed }) => seed)).size };
  const { data } = experiment;
  if (data.source !== 'own' || (live.data.source === 'own' && live.data.hash === data.hash)) {
    return say('paper.ghostName', values);
  }
  return say('paper.ghostOther', { ...values, images: data.name });
}

/** Whether the page knows the record. */
export function isRecordName(name: string): name is RecordName {
  return name in RECORDS;
}
