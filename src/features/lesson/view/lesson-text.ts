import { createElement } from 'react';
import { say } from '../../../language/say.ts';
import type { Answer, Outcome, Question } from '../chapter.ts';

/** How the tag of emphasis in the texts of chapters is drawn. */
export const STRONG = { b: (text: string) => createElement('b', null, text) };

/** The label of the button that was chosen as the answer. */
export function chosenLabel({ choices }: Question, answer: Answer | null): string {
  return choices.find(({ id }) => id === answer?.choice)?.label() ?? say('lesson.noIdea');
}

/** What was said and what it was, in one sentence. */
export function verdictOf({ choices }: Question, answer: Answer | null, outcome: Outcome | null): string {
  const right = choices.find(({ id }) => id === outcome?.choice);
  const said = choices.find(({ id }) => id === answer?.choice);
  if (right === undefined) return say('lesson.undecided');
  if (said === undefined) return say('lesson.unguessed', { was: right.label() });
  return said === right
    ? say('lesson.right', { said: said.label() })
    : say('lesson.wrong', { said: said.label(), was: right.label() });
}
