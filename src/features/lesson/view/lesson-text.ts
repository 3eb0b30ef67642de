import { createElement } from 'react';
import { say } from '../../../language/say.ts';
import type { Choice, Question } from '../chapter.ts';

/** How the tag of emphasis in the texts of chapters is drawn. */
export const STRONG = { b: (text: string) => createElement('b', null, text) };

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
