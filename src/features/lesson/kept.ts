import * as v from 'valibot';
import type { Answer, Outcome } from './chapter.ts';

/** What is kept of the lesson between visits, by the number of the chapter. */
export interface KeptLesson {
  readonly answers: ReadonlyMap<number, Answer>;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

const KEY = 'lesson-answers';

const NUMBERS = v.record(v.string(), v.number());
const SCHEMA = v.object({
  answers: v.array(v.tuple([v.number(), v.object({ choice: v.nullable(v.string()), ends: v.nullable(NUMBERS) })])),
  outcomes: v.array(v.tuple([v.number(), v.object({ choice: v.nullable(v.string()), values: NUMBERS })])),
});

/** Reads what earlier visits kept; nothing where the browser refuses its storage or has something else there. */
export function keptLesson(storage: Storage | null): KeptLesson {
  try {
    const { answers, outcomes } = v.parse(SCHEMA, JSON.parse(storage?.getItem(KEY) ?? ''));
    return { answers: new Map(answers), outcomes: new Map(outcomes) };
  } catch {
    return { answers: new Map(), outcomes: new Map() };
  }
}

/** Keeps answers and outcomes in the browser. Where it refuses, they hold for this visit. */
export function keepLesson(storage: Storage | null, { answers, outcomes }: KeptLesson): void {
  try {
    storage?.setItem(KEY, JSON.stringify({ answers: [...answers], outcomes: [...outcomes].map(withoutUnknown) }));
  } catch {
    // They are in the state, too.
  }
}

/** JSON has no NaN. */
function withoutUnknown([chapter, { choice, values }]: readonly [number, Outcome]) {
  const known = Object.entries(values).filter(([, value]) => Number.isFinite(value));
  return [chapter, { choice, values: Object.fromEntries(known) }];
}
