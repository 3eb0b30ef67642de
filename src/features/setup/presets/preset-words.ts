import type { PresetName } from '../../../core/experiment/presets.ts';
import type { MessageKey } from '../../../language/messages.ts';

/** The messages that ask the question of an experiment. */
export interface QuestionWords {
  readonly name: MessageKey;
  readonly question: MessageKey;
  /** What the nets are and what to look at, in two sentences. */
  readonly setup: MessageKey;
  /** Why the answer is not obvious, with the section of the paper. */
  readonly note: MessageKey;
  /** What the sections on the paper add, below the race; they can be hidden. */
  readonly below?: MessageKey;
}

/** The words of a preset: of its question and of its card. */
export interface PresetWords extends QuestionWords {
  /** The question on its card. */
  readonly card: MessageKey;
  /** The one sentence on its card. */
  readonly about: MessageKey;
  /** About how long it trains on two cores without a GPU, in minutes; 0 is less than half of one. By `bench/presets.ts`. */
  readonly minutes: number;
}

function wordsOf<Name extends PresetName>(name: Name, minutes: number) {
  return {
    name: `setup.${name}Name`,
    question: `setup.${name}Question`,
    setup: `setup.${name}Setup`,
    note: `setup.${name}Note`,
    card: `setup.${name}Question`,
    about: `setup.${name}About`,
    minutes,
  } as const satisfies PresetWords;
}

export const PRESET_WORDS = {
  degradation: wordsOf('degradation', 0),
  deep: wordsOf('deep', 2),
  twins: wordsOf('twins', 0),
  sweep: wordsOf('sweep', 5),
  options: wordsOf('options', 0),
  bottleneck: wordsOf('bottleneck', 0),
  family: { ...wordsOf('family', 4), below: 'setup.familyBelow' },
  cures: wordsOf('cures', 6),
  'no-norm': wordsOf('no-norm', 2),
  'weaker-wires': wordsOf('weaker-wires', 2),
  spans: wordsOf('spans', 2),
  'figure-4': wordsOf('figure-4', 1),
  // By the record of a thousand layers, half a second a step and net: thinner nets than those of the benchmarks.
  preactivation: wordsOf('preactivation', 1),
  // The question of the first experiment, for machines that would take long for it.
  tiny: { ...wordsOf('tiny', 0), question: 'setup.degradationQuestion' },
} as const satisfies Readonly<Record<PresetName, PresetWords>>;

/** The words of an experiment that is no preset. */
export const OWN_WORDS = {
  name: 'setup.ownName',
  question: 'setup.ownQuestion',
  setup: 'setup.ownSetup',
  note: 'setup.ownNote',
} as const satisfies QuestionWords;
