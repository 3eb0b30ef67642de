import type { StoreApi } from 'zustand/vanilla';
import { type KeptLesson, keepLesson, keptLesson, NOTHING_KEPT } from './kept.ts';
import type { LessonState } from './lesson-state.ts';
import type { QuizAnswers, QuizDraft } from './quiz.ts';

/** The actions of the lesson on what the browser keeps of it, and on the answers to the quiz. */
export interface MemoryActions {
  /** Begins the quiz, or goes on with it: what is chosen stays while its dialog is put away. */
  draftQuiz(draft: QuizDraft): void;
  /** Takes the name that goes with the answers into a file. */
  sign(name: string): void;
  /** Keeps what was answered to the six questions, before or after the lesson. */
  keepQuiz(when: keyof QuizAnswers, answers: readonly number[]): void;
  /** Deletes all answers and outcomes from the browser, and what was typed beside them. */
  forget(): void;
  /** Takes over the answers and outcomes that another tab has kept, and forgets those that it has deleted. */
  refreshKept(): void;
}

/** What is kept of the lesson in its state and in the browser. */
export interface Memory extends MemoryActions {
  /** Keeps a change for later visits, too. */
  keep(change: Partial<KeptLesson>): void;
}

/** `storage` is null where the browser refuses it. */
export function createMemory({ getState, setState }: StoreApi<LessonState>, storage: Storage | null): Memory {
  const keep = (change: Partial<KeptLesson>) => {
    setState(change);
    keepLesson(storage, getState());
  };
  return {
    keep,
    draftQuiz: (quizDraft) => setState({ quizDraft }),
    sign: (name) => setState({ name }),
    keepQuiz: (when, answers) => {
      setState({ quizDraft: null });
      keep({ quiz: { ...getState().quiz, [when]: answers } });
    },
    forget: () => {
      const { answers, outcomes, quiz } = NOTHING_KEPT;
      setState({ quizDraft: null, name: '' });
      keep({ answers, outcomes, quiz });
    },
    refreshKept: () => {
      const { answers, outcomes, seconds, quiz } = keptLesson(storage);
      setState({ answers, outcomes, seconds, quiz });
    },
  };
}
