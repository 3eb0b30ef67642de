import type { LabState } from '../lab/state.ts';
import { type Chapter, type ChapterStep, type Outcome, outcomeOf, UNSETTLED, type ValueOf } from './chapter.ts';
import type { KeptLesson } from './kept.ts';
import { isAsking, isChanged, type Position, trainsAfter } from './position.ts';
import { valuesOf } from './quantities.ts';
import type { QuizDraft } from './quiz.ts';

/** The state of the lesson. */
export interface LessonState extends KeptLesson {
  /** Whether the lesson was on in this visit. */
  readonly wasOn: boolean;
  readonly chapter: Chapter;
  readonly position: Position;
  /** Whether the question is shown again, after its outcome. */
  readonly looksBack: boolean;
  /** Measured quantities of this chapter, by name; NaN of a net that diverged. */
  readonly readings: Readonly<Record<string, number>>;
  /** Whether some of them are of nets that were changed otherwise than by the deeds of the chapter. */
  readonly isOfChanged: boolean;
  /** How the present chapter came out, also where what is kept of it was deleted; null before. */
  readonly outcome: Outcome | null;
  /** Sections and figures that the visitor has come to in this chapter. */
  readonly seen: readonly string[];
  /** Whether a deed that measures is being done. */
  readonly measuring: boolean;
  /** Whether the last deed that measured did not come to its numbers. */
  readonly failed: boolean;
  /** How often training was asked for before its time, in this place of the chapter. */
  readonly refusals: number;
  /** What was asked for at the last of these. */
  readonly refused: AskedTraining;
  /** What is chosen in the quiz until it is handed in; null while it is not taken. */
  readonly quizDraft: QuizDraft | null;
  /** Whose answers are handed in, as typed. */
  readonly name: string;
}

/** To train on, or to make one step. */
export type AskedTraining = 'train' | 'step';

/** The step that the lesson stands at; null before the answer and after the last one. */
export function stepAt({ chapter, position }: LessonState): ChapterStep | null {
  return position.type === 'step' ? (chapter.steps[position.index] ?? null) : null;
}

/** The value of each quantity of the chapter in this race. */
export function chapterValues(
  { chapter, readings }: Pick<LessonState, 'chapter' | 'readings'>,
  { curves }: Pick<LabState, 'curves'>,
): ValueOf {
  return valuesOf(chapter.quantities, readings, curves);
}

/** How the chapter came out in this race, and of which seed and device that is, where the chapter has a race of its own. */
export function outcomeNow(state: LessonState, race: LabState): Outcome {
  const { chapter, isOfChanged } = state;
  const { experiment, device } = race;
  const isSettled = !isOfChanged && !isChanged(chapter, race);
  return {
    ...(isSettled ? outcomeOf(chapter, chapterValues(state, race)) : UNSETTLED),
    ...(chapter.start !== null && { seed: experiment.recipe.seed, device: device?.backend }),
  };
}

/** Whether the lesson waits for an answer to its question. */
export function isLocked({ on, position }: LessonState): boolean {
  return on && isAsking(position);
}

/** What has to be done in the lesson before the race may train on; null where it may. */
export function trainingWaits(
  { on, chapter, position }: Pick<LessonState, 'on' | 'chapter' | 'position'>,
  lab: LabState,
): 'answer' | 'deed' | null {
  return on ? trainsAfter(chapter, position, lab) : null;
}

/** What Train is in the lesson: the next thing to do, locked until there is an answer, or neither. */
export function trainRole(state: LessonState): 'next' | 'waits' | 'other' {
  if (!state.on) return 'next';
  if (isLocked(state)) return 'waits';
  return stepAt(state)?.by.type === 'train' ? 'next' : 'other';
}

/** The lanes that are trained but not shown yet. */
export function sealedLanes({ on, chapter, position }: LessonState): readonly string[] {
  return on && position.type !== 'outcome' ? chapter.sealed : NOTHING;
}

const NOTHING: readonly string[] = [];
