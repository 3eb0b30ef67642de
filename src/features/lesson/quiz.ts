import type { MessageKey } from '../../language/messages.ts';

/** The answers to the six questions, by the number of the option; null while the quiz was not taken. */
export interface QuizAnswers {
  readonly before: readonly number[] | null;
  readonly after: readonly number[] | null;
}

/** By the number of the question, that of the option; null where none is chosen yet. */
export type QuizDraft = readonly (number | null)[];

interface QuizQuestion {
  readonly text: MessageKey & `lesson.${string}`;
  readonly options: readonly (MessageKey & `lesson.${string}`)[];
  /** The number of the right option. */
  readonly right: number;
  readonly why: MessageKey & `lesson.${string}`;
}

/** The questions that are asked before and after the lesson, in their order. */
export const QUIZ = [
  {
    text: 'lesson.quizPictures',
    options: ['lesson.quizTraining', 'lesson.quizNew', 'lesson.quizBoth'],
    right: 0,
    why: 'lesson.quizPicturesWhy',
  },
  { text: 'lesson.quizWeights', options: ['lesson.quizYes', 'lesson.quizNo'], right: 1, why: 'lesson.quizWeightsWhy' },
  {
    text: 'lesson.quizGradient',
    options: ['lesson.quizSmaller', 'lesson.quizEqual', 'lesson.quizLarger'],
    right: 2,
    why: 'lesson.quizGradientWhy',
  },
  {
    text: 'lesson.quizSwitch',
    options: ['lesson.quizBetter', 'lesson.quizUnchanged', 'lesson.quizWorse'],
    right: 2,
    why: 'lesson.quizSwitchWhy',
  },
  { text: 'lesson.quizCut', options: ['lesson.quizBranch', 'lesson.quizShortcut'], right: 1, why: 'lesson.quizCutWhy' },
  {
    text: 'lesson.quizDeeper',
    options: ['lesson.quizAlways', 'lesson.quizNotAlways'],
    right: 1,
    why: 'lesson.quizDeeperWhy',
  },
] as const satisfies readonly QuizQuestion[];

/** How many of the six questions were answered rightly. */
export function rightAnswers(answers: readonly number[]): number {
  return QUIZ.filter(({ right }, index) => answers[index] === right).length;
}
