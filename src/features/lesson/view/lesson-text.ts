import { sentencesJoined, textOf } from '../../../language/joining.ts';
import { type MessagePart, parts, say } from '../../../language/say.ts';
import type { LabState } from '../../lab/state.ts';
import type { Band, Choice, Question, ValueOf } from '../chapter.ts';
import { chapterValues, type LessonState, stepAt } from '../lesson-state.ts';
import { choiceAt, isAsking, isPast, questionAt, startOf } from '../position.ts';

/** The value of each quantity where a text is not read yet and only keeps its room: as long as most are. */
export const roomFor: ValueOf = () => 12.3;

/** A text with the values that it speaks of; null where one of them is not known. */
export function told(text: (value: ValueOf) => readonly MessagePart[], value: ValueOf): readonly MessagePart[] | null {
  let known = true;
  const words = text((name) => {
    const number = value(name);
    known &&= Number.isFinite(number);
    return number;
  });
  return known ? words : null;
}

/** The label of the button that was chosen as the answer. */
export function chosenLabel({ choices }: Question, choice: Choice['id'] | null | undefined): string {
  return choices.find(({ id }) => id === choice)?.label() ?? say('lesson.noIdea');
}

/** What was said and what it was, by the ids of the choices, in one sentence. */
export function verdictOf(
  { choices }: Question,
  answer: Choice['id'] | null | undefined,
  outcome: Choice['id'] | null | undefined,
): string {
  const right = choices.find(({ id }) => id === outcome);
  const said = choices.find(({ id }) => id === answer);
  if (right === undefined) return say('lesson.undecided');
  if (said === undefined) return say('lesson.unguessed', { was: right.label() });
  return said === right
    ? say('lesson.right', { said: said.label() })
    : say('lesson.wrong', { said: said.label(), was: right.label() });
}

/** Says that the race came out differently than usual, with both numbers, where there is one. */
export function otherwise(band: Band, value: number): readonly MessagePart[] {
  if (!Number.isFinite(value)) return parts('lesson.unmeasured');
  return parts('lesson.otherwise', { usually: textOf(band.usually(value)) });
}

/** What is on the button of the present step; null where it has none. What failed by itself is tried again by a button. */
export function deedTextOf(state: LessonState): string | null {
  const by = stepAt(state)?.by;
  if (by?.type === 'button') return by.text();
  return by?.type === 'lesson' && state.failed && !state.measuring ? say('lesson.measure') : null;
}

/** What is said to who would train before its time: what comes first at this step, or before the answer. */
export function refusalOf(state: LessonState): string {
  if (stepAt(state) === null) return say('lesson.guessFirst');
  if (state.measuring) return say('lesson.comparing');
  if (state.failed) return say('lesson.failed');
  const deed = deedTextOf(state);
  return deed === null ? say('lesson.comparing') : say('lesson.deedFirst', { deed });
}

/** What a hint needs to know of the race. */
export interface RaceNow {
  readonly training: boolean;
  /** Whether the nets still train to where the chapter begins, and whether that is interrupted. */
  readonly preparing: boolean;
  readonly paused: boolean;
  /** Whether the deed belongs to a step that a net has gone beyond. */
  readonly past: boolean;
}

export function raceNow({ chapter, position }: LessonState, lab: LabState): RaceNow {
  const { training, step } = lab;
  return {
    training,
    preparing: step < startOf(chapter),
    paused: step > 0 && !training,
    past: isPast(chapter, position, lab),
  };
}

/** What to do now, in one sentence. `making`: whether a step in slow motion is being made. */
export function hintOf(lesson: LessonState, race: RaceNow, making: boolean): readonly MessagePart[] {
  const { chapter, position, looksBack, measuring, failed, refusals } = lesson;
  const step = stepAt(lesson);
  if (looksBack) return [];
  if (isAsking(position)) return parts('lesson.guessFirst');
  if (race.preparing && step?.by.type !== 'train')
    return parts(race.paused ? 'lesson.preparingPaused' : 'lesson.preparing', { step: startOf(chapter) });
  if (measuring) return parts('lesson.comparing');
  // The step in slow motion is trained by then, and not shown yet.
  if (race.training || making || step === null) return parts('lesson.watch');
  if (race.past) return parts('lesson.past');
  if (failed) return parts('lesson.failed');
  if (refusals > 0) return [{ text: refusalOf(lesson) }];
  return told(step.hint, measuredValues(lesson)) ?? parts('lesson.unmeasured');
}

/** The quantities that were measured so far; what is read off the curves is told by the outcome alone. */
export function measuredValues(lesson: Pick<LessonState, 'chapter' | 'readings'>): ValueOf {
  return chapterValues(lesson, { curves: new Map() });
}

/** What is said aloud in this place of the lesson: a question, that its answer is kept, then what was measured. */
export function announced(state: LessonState): string {
  const { chapter, position, answers, outcome, refusals } = state;
  const { further } = chapter;
  const answer = answers.get(chapter.number);
  const toldHere = (text: (value: ValueOf) => readonly MessagePart[]) =>
    textOf(told(text, measuredValues(state)) ?? []);
  if (refusals > 0) return refusalOf(state);
  switch (position.type) {
    case 'question':
      return chapter.title();
    case 'further':
      return further === null ? '' : sentencesJoined([further.title(), toldHere(further.setup)]);
    case 'outcome':
      return sentencesJoined([
        verdictOf(chapter.question, answer?.choice, outcome?.choice),
        ...(further === null ? [] : [verdictOf(further, answer?.further, outcome?.further)]),
      ]);
    case 'step': {
      const step = stepAt(state);
      if (position.index !== 0 && position.index !== further?.after) return step === null ? '' : toldHere(step.hint);
      const kept = { answer: chosenLabel(questionAt(position, chapter), choiceAt(position, chapter, answer)) };
      return say(step?.by.type === 'train' ? 'lesson.guessKept' : 'lesson.kept', kept);
    }
  }
}
