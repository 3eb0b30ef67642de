import type { Answer, Chapter, Outcome, Question } from './chapter.ts';
import { chaptersOf } from './chapters/chapters.ts';
import type { KeptLesson } from './kept.ts';
import { chosenLabel } from './view/lesson-text.ts';

/** A guessed curve end beside what was measured, in percent; NaN where it was not. */
export interface GuessedEnd {
  readonly lane: string;
  readonly guessed: number;
  readonly measured: number;
}

/** What was predicted for one question of a chapter, and how it came out. */
export interface Prediction {
  readonly chapter: number;
  readonly name: string;
  readonly question: string;
  readonly answer: string;
  /** Null before the outcome. */
  readonly outcome: string | null;
  readonly ends: readonly GuessedEnd[];
  readonly seed: number | null;
  readonly device: string | null;
}

/** The guessed curve ends of a chapter and what was measured there. */
export function guessedEnds(
  { question: { ends }, quantities }: Chapter,
  answer: Answer | undefined,
  outcome: Outcome | undefined,
): readonly GuessedEnd[] {
  return (ends?.lanes ?? []).flatMap((lane) => {
    const guessed = answer?.ends?.[lane];
    if (guessed === undefined) return [];
    const [quantity] = Object.entries(quantities).find(([, each]) => each.type === 'error' && each.lane === lane) ?? [];
    return [{ lane, guessed, measured: outcome?.values[quantity ?? ''] ?? Number.NaN }];
  });
}

/** The predictions for all questions that were answered, in their order, in the present language. */
export function predictionsOf({ answers, outcomes }: Pick<KeptLesson, 'answers' | 'outcomes'>): readonly Prediction[] {
  return chaptersOf('full').flatMap((chapter) => {
    const answer = answers.get(chapter.number);
    if (answer === undefined) return [];
    const outcome = outcomes.get(chapter.number);
    const { question, further } = chapter;
    const common = {
      chapter: chapter.number,
      name: chapter.name(),
      seed: outcome?.seed ?? null,
      device: outcome?.device ?? null,
    };
    const first: Prediction = {
      ...common,
      question: chapter.title(),
      answer: chosenLabel(question, answer.choice),
      outcome: labelOf(question, outcome?.choice),
      ends: guessedEnds(chapter, answer, outcome),
    };
    if (further === null || answer.further === undefined) return [first];
    const second: Prediction = {
      ...common,
      question: further.title(),
      answer: chosenLabel(further, answer.further),
      outcome: labelOf(further, outcome?.further),
      ends: [],
    };
    return [first, second];
  });
}

function labelOf({ choices }: Question, id: string | null | undefined): string | null {
  return choices.find((choice) => choice.id === id)?.label() ?? null;
}

/** What a student hands in, as JSON: the predictions with links to their chapters, and the six questions. */
export function handedIn(
  name: string,
  { answers, outcomes, quiz }: Pick<KeptLesson, 'answers' | 'outcomes' | 'quiz'>,
  linkOf: (chapter: number) => string,
): string {
  const predictions = predictionsOf({ answers, outcomes }).map((each) => ({
    ...each,
    ends: each.ends.map((end) => ({ ...end, measured: Number.isFinite(end.measured) ? end.measured : null })),
    link: linkOf(each.chapter),
  }));
  return `${JSON.stringify({ format: 'ResNet Playground predictions', version: 1, name, predictions, quiz }, null, 2)}\n`;
}
