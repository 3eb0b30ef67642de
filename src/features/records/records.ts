import { isSameNet } from '../../core/experiment/comparison.ts';
import type { Experiment, LaneSpec } from '../../core/experiment/experiment.ts';
import { isFresh } from '../../core/experiment/lineage.ts';
import { type EvidenceRecord, wholeRuns } from '../../core/results/evidence.ts';
import type { MessageKey } from '../../language/messages.ts';
import { say } from '../../language/say.ts';
import type { QuestionWords } from '../setup/presets/preset-words.ts';
import { type RecordedNet, recordedNets, seedsOfEach } from './record-nets.ts';

const RECORDED_WORDS = {
  name: 'paper.endName',
  question: 'paper.endQuestion',
  setup: 'paper.endSetup',
  note: 'paper.endNote',
  below: 'paper.endBelow',
} as const satisfies QuestionWords;

const RECORDED_ELSEWHERE = { ...RECORDED_WORDS, setup: 'paper.endSetupElsewhere' } as const satisfies QuestionWords;

/** The same words over a race whose nets do not begin as the recorded ones did. */
const RECORDED_APART = { ...RECORDED_WORDS, setup: 'paper.endSetupApart' } as const satisfies QuestionWords;

const ELSEWHERE_APART = { ...RECORDED_WORDS, setup: 'paper.endSetupElsewhereApart' } as const satisfies QuestionWords;

/** Nets of one depth do not say whether depth pays. */
const THOUSAND_WORDS = {
  ...RECORDED_WORDS,
  question: 'paper.thousandQuestion',
  setup: 'paper.thousandSetup',
  note: 'paper.thousandNote',
} as const satisfies QuestionWords;

const THOUSAND_APART = { ...THOUSAND_WORDS, setup: 'paper.thousandSetupApart' } as const satisfies QuestionWords;

/** The records that the page shows, by the names of `evidence/`, and their words. */
export const RECORDS = {
  lasts: { title: 'paper.lasts', why: 'paper.lastsWhy' },
  'cifar-10': { title: 'paper.cifar10', why: 'paper.cifar10Why' },
  'figure-4': { title: 'paper.recordFigure4', why: 'paper.recordFigure4Why' },
  'figure-7': { title: 'paper.recordFigure7', why: 'paper.cifar10Why' },
  'thousand-layers': {
    title: 'paper.thousandLayers',
    why: 'paper.thousandLayersWhy',
    asks: { begins: THOUSAND_WORDS, apart: THOUSAND_APART },
  },
  'paper-table': { title: 'paper.paperTable', why: 'paper.paperTableWhy' },
  cures: { title: 'paper.cures' },
  'cures-56': { title: 'paper.cures56' },
} as const satisfies Readonly<Record<string, RecordWords>>;

/** The words over a race that shows how recorded nets begin, and over one that does not. */
interface RecordQuestion {
  readonly begins: QuestionWords;
  readonly apart: QuestionWords;
}

/** The words of a record. */
interface RecordWords {
  readonly title: MessageKey;
  /** Why it may differ from the paper; left out where the paper has nothing like it. */
  readonly why?: MessageKey;
  /** The words over a race in front of it, where they are not those of depth in the end. */
  readonly asks?: RecordQuestion;
}

/** The words over a race that has a record behind it. */
export function recordedWords(record: EvidenceRecord, live: Experiment): QuestionWords {
  const { name, experiment } = record;
  const { begins, apart } =
    wordsOf(name)?.asks ??
    (haveSameImages(experiment.data, live.data)
      ? { begins: RECORDED_WORDS, apart: RECORDED_APART }
      : { begins: RECORDED_ELSEWHERE, apart: ELSEWHERE_APART });
  return showsBeginnings(record, live) ? begins : apart;
}

/** Whether a live race has nets of a record, all of which begin as they did there. */
function showsBeginnings(record: EvidenceRecord, { lanes, surgery }: Experiment): boolean {
  const recorded = recordedNets(record);
  const shared = lanes.filter(({ net }) => recorded.some(({ lane }) => isSameNet(net, lane.net)));
  const isChanged = ({ name }: LaneSpec) => surgery.some(({ lane }) => lane === name);
  return shared.length > 0 && shared.every((lane) => isFresh(lane) && !isChanged(lane));
}

/** Whether a live race has a record's images, where it has images at all that not every browser has. */
export function haveSameImages(recorded: Experiment['data'], live: Experiment['data']): boolean {
  return recorded.source !== 'own' || (live.source === 'own' && live.hash === recorded.hash);
}

/** The name of a record that the page shows. */
export type RecordName = keyof typeof RECORDS;

/** The seeds with which a net of it was trained to the end, in order. */
export function seedsTrained(record: EvidenceRecord): readonly number[] {
  return [...new Set(wholeRuns(record).map(({ seed }) => seed))].toSorted((a, b) => a - b);
}

/**
 * What the nets of a record that are drawn behind a live race are called: its title, whose images it had where they are others,
 * the seeds, and of how many batches the means are that were kept of the curves.
 */
export function ghostName(record: EvidenceRecord, nets: readonly RecordedNet[], live: Experiment): string {
  const { name, experiment } = record;
  const values = {
    title: recordTitle(name),
    steps: experiment.until,
    ...seedsOfEach(nets),
    every: Math.max(1, ...nets.flatMap(({ runs }) => runs.map(({ curve }) => curve.every))),
  };
  const { data } = experiment;
  if (data.source !== 'own' || haveSameImages(data, live.data)) return say('paper.ghostName', values);
  return say('paper.ghostOther', { ...values, images: data.name });
}

/** What the page calls a record; its name in `evidence/` where it does not know it. */
export function recordTitle(name: string): string {
  return isRecordName(name) ? say(RECORDS[name].title) : name;
}

/** Why a record may differ from the paper; null where nothing is known of that. */
export function recordWhy(name: string): string | null {
  const why = wordsOf(name)?.why;
  return why === undefined ? null : say(why);
}

function wordsOf(name: string): RecordWords | null {
  return isRecordName(name) ? RECORDS[name] : null;
}

/** Whether the page shows a record of this name. */
export function isRecordName(name: string): name is RecordName {
  return name in RECORDS;
}
