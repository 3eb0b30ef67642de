import { areRepeats } from '../../core/experiment/comparison.ts';
import { type Experiment, gainsAt } from '../../core/experiment/experiment.ts';
import type { LabState } from '../race/state.ts';
import type { Answer, Chapter, Question, Until } from './chapter.ts';

/** Where the lesson stands in its chapter. */
export type Position =
  | { readonly type: 'question' }
  /** At the second question of the chapter. */
  | { readonly type: 'further' }
  /** The steps of the chapter, counted from 0. */
  | { readonly type: 'step'; readonly index: number }
  | { readonly type: 'outcome' };

/** What conditions need to know of the lesson beside the race. */
export interface Done {
  readonly readings: Readonly<Record<string, number>>;
  readonly seen: readonly string[];
}

/** Whether a step has ended, by what the worker reported of the race and what the visitor did. */
export function isEnded(until: Until, lab: LabState, { readings, seen }: Done): boolean {
  switch (until.type) {
    case 'step':
      return hasCome(lab, until.step) && !(lab.training && lab.step <= until.step);
    case 'gains': {
      const begun = lab.curves.get(until.lane)?.begun ?? 0;
      const gains = gainsAt(lab.experiment, until.lane, begun);
      return gains.length > 0 && gains.every((gain) => gain === until.gain);
    }
    case 'lanes':
      return lab.experiment.lanes.length >= until.count;
    case 'measured':
      return until.quantities.every((name) => readings[name] !== undefined);
    case 'seen':
      return seen.includes(until.what);
  }
}

/** Whether every lane that has not diverged has made this many steps. */
export function hasCome({ curves }: Pick<LabState, 'curves'>, step: number): boolean {
  return [...curves.values()].every((curve) => curve.divergedAt !== null || curve.steps >= step);
}

/** Whether a race is one that a chapter begins with, whatever its seed and whatever was trained, cut or planned since. */
export function isRaceOf({ start }: Chapter, experiment: Experiment): boolean {
  return start === null || areRepeats({ ...start.experiment, surgery: [] }, { ...experiment, surgery: [] });
}

/** Whether the race stands where the chapter begins, so that it can go on from there. */
export function standsAtStart(chapter: Chapter, lab: LabState): boolean {
  const { open, experiment, curves } = lab;
  const { start } = chapter;
  if (start === null) return open;
  const isThere = [...curves.values()].every((curve) => curve.begun === start.step && curve.steps === start.step);
  const isSame = experiment.recipe.seed === start.experiment.recipe.seed && experiment.surgery.length === 0;
  return open && isSame && isThere && isRaceOf(chapter, experiment);
}

/** Whether the deed of a step can be done: the nets have come to where the chapter begins, and rest. */
export function canAct({ start }: Chapter, lab: LabState): boolean {
  return lab.open && lab.opening === null && !lab.training && hasCome(lab, start?.step ?? 0);
}

/** Whether the lesson waits for an answer. */
export function isAsking({ type }: Position): boolean {
  return type === 'question' || type === 'further';
}

/** The question that was asked last; after the outcome, the first one. */
export function questionAt(position: Position, { question, further }: Chapter): Question {
  return isAfterFurther(position, further) ? (further ?? question) : question;
}

/** The id of the choice that was made there; null for "no idea", undefined before the answer. */
export function choiceAt(
  position: Position,
  { further }: Chapter,
  answer: Answer | undefined,
): string | null | undefined {
  if (isAsking(position)) return;
  return isAfterFurther(position, further) ? answer?.further : answer?.choice;
}

function isAfterFurther(position: Position, further: Chapter['further']): boolean {
  if (further === null) return false;
  return position.type === 'further' || (position.type === 'step' && position.index >= further.after);
}

/** Whether an answer can still be changed: before anything was done after it. */
export function canAnswer(position: Position, { start }: Chapter, { step }: Pick<LabState, 'step'>): boolean {
  if (isAsking(position)) return true;
  return position.type === 'step' && position.index === 0 && start !== null && step <= start.step;
}

/** The answer of a visitor who has none. */
export const NO_IDEA: Answer = { choice: null, ends: null };
