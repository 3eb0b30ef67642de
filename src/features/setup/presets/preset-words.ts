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
}

/** The words of a preset: of its question and of its card. */
export interface PresetWords extends QuestionWords {
  /** The question on its card. */
  readonly card: MessageKey;
  /** The one sentence on its card. */
  readonly about: MessageKey;
  /** About how long it trains, in minutes, scaled by multiply-adds; 0 is less than one. */
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
  degradation: wordsOf('degradation', 1),
  deep: wordsOf('deep', 4),
  twins: wordsOf('twins', 1),
  sweep: wordsOf('sweep', 10),
  options: wordsOf('options', 1),
  bottleneck: wordsOf('bottleneck', 1),
  family: wordsOf('family', 10),
  cures: wordsOf('cures', 8),
  'no-norm': wordsOf('no-norm', 3),
  'weaker-wires': wordsOf('weaker-wires', 3),
  spans: wordsOf('spans', 3),
  'figure-4': wordsOf('figure-4', 4),
  preactivation: wordsOf('preactivation', 10),
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
