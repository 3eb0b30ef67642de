import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Lab } from '../race/lab.ts';
import { type Answer, type Chapter, type Outcome, rightChoice, type ValueOf } from './chapter.ts';
import { CHAPTERS } from './chapters/chapters.ts';
import { type KeptLesson, keepLesson, keptLesson } from './kept.ts';
import { valuesOf } from './quantities.ts';

/** Where the lesson stands in its chapter. */
export type Position =
  | { readonly type: 'question' }
  /** The steps of the chapter, counted from 0. */
  | { readonly type: 'step'; readonly index: number }
  | { readonly type: 'outcome' };

/** The state of the lesson. */
export interface LessonState {
  /** False while the visitor explores freely. */
  readonly on: boolean;
  readonly chapter: Chapter;
  readonly position: Position;
  /** What was answered, by the number of the chapter; kept in the browser. */
  readonly answers: ReadonlyMap<number, Answer>;
  /** How chapters came out, by their number; kept in the browser. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** Measured quantities of this chapter, by name. */
  readonly readings: Readonly<Record<string, number>>;
}

export interface Lesson {
  readonly store: StoreApi<LessonState>;
  /** Answers the question of the chapter, again where it was answered before its outcome. */
  answer(answer: Answer): void;
}

/** Creates the lesson, which follows the race of the lab. */
export function createLesson(lab: Pick<Lab, 'store'>, storage: Storage | null): Lesson {
  const kept = keptLesson(storage);
  const store = createStore<LessonState>(() => ({
    on: false,
    chapter: CHAPTERS[0],
    position: { type: 'question' },
    readings: {},
    ...kept,
  }));
  const { getState, setState } = store;
  const keep = (change: Partial<KeptLesson>) => {
    setState(change);
    keepLesson(storage, getState());
  };
  return {
    store,
    answer: (answer) => {
      const { chapter, position, answers } = getState();
      if (position.type === 'outcome') return;
      keep({ answers: new Map(answers).set(chapter.number, answer) });
      const started = lab.store.getState().training;
      if (position.type === 'question' && !started) setState({ position: { type: 'step', index: 0 } });
    },
  };
}

/** The value of each quantity of the chapter in this race. */
export function chapterValues({ chapter, readings }: LessonState, lab: Lab): ValueOf {
  return valuesOf(chapter.quantities, readings, lab.store.getState().curves);
}

/** How a chapter came out by these values. */
export function outcomeOf(chapter: Chapter, value: ValueOf): Outcome {
  return {
    choice: rightChoice(chapter.question, value)?.id ?? null,
    values: Object.fromEntries(Object.keys(chapter.quantities).map((name) => [name, value(name)])),
  };
}

/** Whether Train waits for an answer: in the lesson, before the question of the chapter is answered. */
export function isLocked({ on, position }: LessonState): boolean {
  return on && position.type === 'question';
}
