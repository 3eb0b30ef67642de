import { notOneOf } from '../../core/experiment/parse/parse.ts';
import type { Chapter } from './chapter.ts';
import { chapterAt, chaptersOf } from './chapters/chapters.ts';
import type { Lesson } from './lesson.ts';
import type { LessonState } from './lesson-state.ts';
import { choiceAt, NO_IDEA, type Position, questionAt } from './position.ts';

/** What `window.playground.lesson` offers. */
export interface PlainLesson {
  /** Opens a chapter by its number, from 1, at its own start. */
  open(chapter: number): Promise<void>;
  /** Answers its question by the id of a choice; null for "no idea". */
  answer(choice: string | null): void;
  /** Does the next deed of the chapter. */
  act(): Promise<void>;
  /** Puts the lesson away for this visit. */
  leave(): void;
  readonly state: PlainLessonState;
}

/** Where the lesson stands; `step` counts the deeds that are done. */
export interface PlainLessonState extends Pick<LessonState, 'on'> {
  readonly chapter: number;
  readonly position: LessonState['position']['type'];
  readonly step: number;
  readonly choices: readonly string[];
  readonly answer: string | null;
  /** The measured quantities, once the chapter has come out. */
  readonly values: Readonly<Record<string, number>>;
}

/** The lesson for scripts and tests. Throws an `ExperimentError` for a chapter or choice that is not there. */
export function createPlainLesson(lesson: Lesson): PlainLesson {
  const { getState } = lesson.store;
  const question = () => questionAt(getState().position, getState().chapter);
  const choices = () => question().choices.map(({ id }) => id);
  return {
    open: async (number) => {
      if (chapterAt(number, 'full') === null)
        throw notOneOf(
          'chapter',
          number,
          chaptersOf('full')
            .map((chapter) => chapter.number)
            .join(', '),
        );
      await lesson.open(number);
    },
    answer: (choice) => {
      if (choice === null) return lesson.answer(NO_IDEA);
      const ends = question().choices.find(({ id }) => id === choice)?.ends ?? null;
      if (!choices().includes(choice)) throw notOneOf('answer', choice, choices().join(', '));
      lesson.answer({ choice, ends });
    },
    act: async () => lesson.act(),
    leave: () => lesson.leave(false),
    get state() {
      const { on, chapter, position, answers, outcome } = getState();
      return {
        on,
        chapter: chapter.number,
        position: position.type,
        step: stepsDone(position, chapter),
        choices: choices(),
        answer: choiceAt(position, chapter, answers.get(chapter.number)) ?? null,
        values: outcome?.values ?? {},
      };
    },
  };
}

function stepsDone(position: Position, { steps, further }: Chapter): number {
  switch (position.type) {
    case 'question':
      return 0;
    case 'further':
      return further?.after ?? 0;
    case 'step':
      return position.index;
    case 'outcome':
      return steps.length;
  }
}
