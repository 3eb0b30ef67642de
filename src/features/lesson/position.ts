import { areRepeats, isSameNet } from '../../core/experiment/comparison.ts';
import { type Experiment, gainsAt, type LaneSpec } from '../../core/experiment/experiment.ts';
import { begunOf, gainsNow } from '../lab/lane-now.ts';
import type { LabState } from '../lab/state.ts';
import type { Answer, Chapter, ChapterDeed, Question } from './chapter.ts';

/** Where the lesson stands in its chapter. */
export type Position =
  | { readonly type: 'question' }
  /** At the second question of the chapter. */
  | { readonly type: 'further' }
  /** The steps of the chapter, counted from 0. */
  | { readonly type: 'step'; readonly index: number }
  | { readonly type: 'outcome' };

/** The step at which a chapter begins; 0 where it takes any race. */
export function startOf({ start }: Pick<Chapter, 'start'>): number {
  return start?.step ?? 0;
}

/** Whether nothing was done yet after the answer. */
export function isFirst(position: Position): boolean {
  return position.type === 'step' && position.index === 0;
}

/** Where the lesson goes when this many steps are done. */
export function placeAfter(steps: number, chapter: Chapter): Position {
  if (steps === chapter.further?.after) return { type: 'further' };
  return steps < chapter.steps.length ? { type: 'step', index: steps } : { type: 'outcome' };
}

/** What conditions need to know of the lesson beside the race. */
export interface Done {
  readonly readings: Readonly<Record<string, number>>;
  readonly seen: readonly string[];
}

/** Whether a deed is done, by what the worker reported of the race and what the visitor has come to. */
export function isDone(deed: ChapterDeed, lab: LabState, { readings, seen }: Done): boolean {
  switch (deed.type) {
    case 'train':
      return hasCome(lab, deed.to) && !(lab.training && lab.step <= deed.to);
    case 'switch': {
      const gains = gainsNow(lab, deed.lane);
      return gains.length > 0 && gains.every((gain) => gain === deed.gain);
    }
    case 'grow':
      return lab.experiment.lanes.some(isGrown);
    case 'measure':
      return deed.quantities.every((name) => readings[name] !== undefined);
    case 'look':
      return seen.includes('features');
    case 'slow-motion':
      return seen.includes('slow-motion');
    case 'open':
      return seen.includes(deed.section);
  }
}

/** Whether a net branched off deeper than the one that it goes on from; a net that was added, or a copy, did not. */
function isGrown({ net, origin }: LaneSpec): boolean {
  const before = origin?.eras.at(-1)?.net;
  return before !== undefined && before.depth < net.depth;
}

/** Whether every lane that has not diverged has made this many steps. */
export function hasCome({ curves }: Pick<LabState, 'curves'>, step: number): boolean {
  return [...curves.values()].every((curve) => curve.divergedAt !== null || curve.steps >= step);
}

/** Whether training rests at an end that was set before this step. */
export function restsBefore(step: number, lab: Pick<LabState, 'training' | 'experiment' | 'curves'>): boolean {
  const { training, experiment } = lab;
  return !training && experiment.until < step && hasCome(lab, experiment.until);
}

/** The step at which a chapter ends; null where it takes any race. */
export function lastStepOf(chapter: Chapter | null): number | null {
  if (chapter === null || chapter.start === null) return null;
  const ends = chapter.steps.flatMap(({ deed }) => (deed.type === 'train' ? [deed.to] : []));
  return Math.max(chapter.start.experiment.until, ...ends);
}

/** Whether a race is one that a chapter begins with, whatever its seed and whatever was trained, cut or planned since. */
function isRaceOf({ start }: Chapter, experiment: Experiment): boolean {
  return start === null || areRepeats({ ...start.experiment, surgery: [] }, { ...experiment, surgery: [] });
}

/** The same of a race from whose nets others have branched off since. */
export function descendsFrom(chapter: Chapter, experiment: Experiment): boolean {
  const lanes = experiment.lanes.filter(({ origin }) => origin === undefined);
  return isRaceOf(chapter, { ...experiment, lanes });
}

/** The chapter with the steps alone that come before this place. */
export function upTo(position: Position, chapter: Chapter): Chapter {
  return { ...chapter, steps: chapter.steps.slice(0, doneAt(position, chapter)) };
}

/** Whether nets of the race were changed otherwise than by the deeds of the chapter, up to where they stand. */
export function isChanged(chapter: Chapter, race: Pick<LabState, 'experiment' | 'curves'>): boolean {
  const { experiment } = race;
  const { start } = chapter;
  if (start === null) return false;
  const isAsBegun = start.experiment.lanes.every((lane) =>
    experiment.lanes.some(({ name, net }) => name === lane.name && isSameNet(net, lane.net)),
  );
  if (!isAsBegun || experiment.lanes.some((lane) => takesPlace(lane, chapter))) return true;
  const own = chapter.steps.flatMap(({ deed }, index) => {
    const net = deed.type === 'switch' ? experiment.lanes.find(({ name }) => name === deed.lane)?.net : undefined;
    if (deed.type !== 'switch' || net === undefined) return [];
    const step = stepOf(chapter, { type: 'step', index });
    return net.gains.map((_, block) => ({ step, lane: deed.lane, block: block + 1, gain: deed.gain }));
  });
  const asIntended = { ...experiment, surgery: own };
  return experiment.surgery.some(({ lane, step }) => {
    if (step > begunOf(race, lane)) return false;
    return gainsAt(experiment, lane, step).join() !== gainsAt(asIntended, lane, step).join();
  });
}

/** Whether a net that was added has the name of one that the chapter grows and measures. */
function takesPlace(lane: LaneSpec, { start, quantities }: Chapter): boolean {
  const isMeasured = Object.values(quantities).some(
    (quantity) => quantity.type === 'measured' && quantity.measure.lane === lane.name,
  );
  return isMeasured && !isGrown(lane) && start?.experiment.lanes.every(({ name }) => name !== lane.name) === true;
}

/** Whether the race that is open stays: none that was asked for is about to take its place. */
export function stays({ open, opening }: Pick<LabState, 'open' | 'opening'>): boolean {
  return open && opening === null;
}

/** Whether the race stands where the chapter begins, so that it can go on from there. */
export function standsAtStart(chapter: Chapter, lab: LabState): boolean {
  const { experiment, curves } = lab;
  const { start } = chapter;
  if (start === null) return stays(lab);
  const isAtStep = [...curves.values()].every((curve) => curve.begun === start.step && curve.steps === start.step);
  const isSame = experiment.recipe.seed === start.experiment.recipe.seed && experiment.surgery.length === 0;
  return stays(lab) && isSame && isAtStep && isRaceOf(chapter, experiment);
}

/** The step at which the race stands in a place of the chapter: where the training before it led to, else where it begins. */
function stepOf(chapter: Chapter, position: Position): number {
  const trained = upTo(position, chapter).steps.flatMap(({ deed }) => (deed.type === 'train' ? [deed.to] : []));
  return trained.at(-1) ?? startOf(chapter);
}

/** How many steps of the chapter come before this place; the outcome is not asked for. */
function doneAt(position: Position, { further }: Chapter): number {
  if (position.type === 'step') return position.index;
  return position.type === 'further' ? (further?.after ?? 0) : 0;
}

/** Whether the deed of this place, or what is taken where the chapter begins, belongs to a step that a net has gone beyond. */
export function isPast(chapter: Chapter, position: Position, { curves }: Pick<LabState, 'curves'>): boolean {
  if (chapter.start === null || isTraining(chapter, position)) return false;
  const step = stepOf(chapter, position);
  return [...curves.values()].some(({ divergedAt, steps }) => divergedAt === null && steps > step);
}

/** Whether training is the deed of this place, or comes after the last one. */
function isTraining({ steps }: Chapter, position: Position): boolean {
  return position.type === 'outcome' || (position.type === 'step' && steps[position.index]?.deed.type === 'train');
}

/**
 * What has to be done before the race may train on: the answer to a question, or a deed that belongs to the step to which
 * the race has come, such as a measurement before training. Null where it may train on.
 */
export function trainsAfter(chapter: Chapter, position: Position, lab: LabState): 'answer' | 'deed' | null {
  if (isTraining(chapter, position) || !hasCome(lab, stepOf(chapter, position))) return null;
  if (isAsking(position)) return 'answer';
  return chapter.start === null ? null : 'deed';
}

/** Whether the deed of a step can be done: the nets have come to where the chapter begins, and rest. */
export function canAct(chapter: Chapter, lab: LabState): boolean {
  return stays(lab) && !lab.training && hasCome(lab, startOf(chapter));
}

/** Whether the lesson waits for an answer. */
export function isAsking({ type }: Position): boolean {
  return type === 'question' || type === 'further';
}

/** The question that was asked last; after the outcome, the first one. */
export function questionAt(position: Position, { question, further }: Chapter): Question {
  return isAfterFurther(position, further) ? (further ?? question) : question;
}

/** The headline of that question. */
export function titleAt(position: Position, { title, further }: Chapter): string {
  return further !== null && isAfterFurther(position, further) ? further.title() : title();
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
  return isFirst(position) && start !== null && step <= start.step;
}

/** The answer of a visitor who has none. */
export const NO_IDEA: Answer = { choice: null, ends: null };
