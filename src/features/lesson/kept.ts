import * as v from 'valibot';
import type { Answer, Outcome } from './chapter.ts';
import type { QuizAnswers } from './quiz.ts';

/** What is kept of the lesson between visits; maps are by the number of the chapter. */
export interface KeptLesson {
  /** False while the visitor explores freely. */
  readonly on: boolean;
  /** The chapter where the lesson stands or waits. */
  readonly waiting: number;
  readonly answers: ReadonlyMap<number, Answer>;
  /** How chapters came out. */
  readonly outcomes: ReadonlyMap<number, Outcome>;
  /** Seconds that training and measuring took on this device; for a short chapter, that a full one would take. */
  readonly seconds: ReadonlyMap<number, number>;
  readonly quiz: QuizAnswers;
}

/** The key in the browser's storage. Without it, index.html takes a visit for the first. */
export const LESSON_KEY = 'lesson';
/** A first visit. */
export const NOTHING_KEPT: KeptLesson = {
  on: true,
  waiting: 1,
  answers: new Map(),
  outcomes: new Map(),
  seconds: new Map(),
  quiz: { before: null, after: null },
};
const QUIZZED = v.nullable(v.array(v.number()));
const CHOICE = v.nullable(v.string());

const NUMBERS = v.record(v.string(), v.number());
const chapters = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.array(v.tuple([v.number(), schema])),
    v.transform((entries) => new Map(entries)),
  );
const SCHEMA = v.object({
  on: v.boolean(),
  waiting: v.number(),
  answers: chapters(v.object({ choice: CHOICE, ends: v.nullable(NUMBERS), further: v.optional(CHOICE) })),
  outcomes: chapters(
    v.object({
      choice: CHOICE,
      further: v.optional(CHOICE),
      changed: v.optional(v.boolean()),
      values: NUMBERS,
      seed: v.optional(v.number()),
      device: v.optional(v.string()),
    }),
  ),
  seconds: chapters(v.number()),
  quiz: v.optional(v.object({ before: QUIZZED, after: QUIZZED }), NOTHING_KEPT.quiz),
});

/** Reads what earlier visits kept; a first visit where the browser refuses its storage or has something else there. */
export function keptLesson(storage: Storage | null): KeptLesson {
  try {
    return v.parse(SCHEMA, JSON.parse(storage?.getItem(LESSON_KEY) ?? ''));
  } catch {
    return NOTHING_KEPT;
  }
}

/** Keeps these in the browser. Where it refuses, they hold for this visit. */
export function keepLesson(
  storage: Storage | null,
  { on, waiting, answers, outcomes, seconds, quiz }: KeptLesson,
): void {
  const kept = {
    on,
    waiting,
    answers: [...answers],
    outcomes: [...outcomes].map(withoutUnknown),
    seconds: [...seconds],
    quiz,
  };
  try {
    storage?.setItem(LESSON_KEY, JSON.stringify(kept));
  } catch {
    // They are in the state, too.
  }
}

/** JSON has no NaN. */
function withoutUnknown([chapter, { values, ...outcome }]: readonly [number, Outcome]) {
  const known = Object.entries(values).filter(([, value]) => Number.isFinite(value));
  return [chapter, { ...outcome, values: Object.fromEntries(known) }];
}
