import { piecesJoined, textOf } from '../../language/joining.ts';
import { betweenItems, type MessagePart, say } from '../../language/say.ts';
import type { Claim, StoryPart } from '../race/story/claim.ts';

/** A sentence under a figure of *Look inside*: a claim about what was measured in these lanes. */
export interface FigureClaim extends Omit<Claim, 'id'> {
  readonly id: string;
}

/** A number of one net in a sentence, and the message that says it; `<n>` marks what has the net's colour. */
export interface NetNumber {
  readonly lane: string;
  readonly value: number;
  readonly said: readonly MessagePart[];
}

/** Stands for the list in a message with a parameter `list`, until `claim` puts the list there. */
export const LIST = '\uE000';

/** A claim that speaks of these numbers, one of each net. */
export function claim(id: string, found: readonly NetNumber[], said: readonly MessagePart[]): FigureClaim {
  // A net that has diverged has no number to tell, nor one in which something was divided by 0.
  const numbers = found.filter(({ value }) => Number.isFinite(value));
  if (numbers.length === 0 && found.length > 0) return { id, lanes: [], values: [], words: [] };
  const list = joined(numbers.map(({ lane, said: item }) => coloured(item, lane)));
  const words = said.flatMap(({ text, tag }): readonly StoryPart[] => {
    const [before = '', after] = text.split(LIST);
    if (after !== undefined) return [{ text: before }, ...list, { text: after }];
    const [only] = numbers;
    return tag === undefined || only === undefined ? [{ text }] : [{ text, lane: only.lane }];
  });
  return { id, lanes: numbers.map(({ lane }) => lane), values: numbers.map(({ value }) => value), words };
}

/** A claim without numbers, about these lanes. */
export function remark(id: string, lanes: readonly string[], text: string): FigureClaim {
  return { id, lanes, values: [], words: [{ text }] };
}

/** What is wrong without learning anything, as a level to compare errors with. */
export function baselineRemark(
  majority: { readonly answer: string; readonly error: number } | null,
): readonly FigureClaim[] {
  if (majority === null) return [];
  const { answer, error } = majority;
  const text = say('insight.lesionsBaseline', { answer, error: error.toFixed(1) });
  return [{ ...remark('baseline', [], text), values: [error] }];
}

function coloured(said: readonly MessagePart[], lane: string): readonly StoryPart[] {
  return said.map(({ text, tag }) => (tag === undefined ? { text } : { text, lane }));
}

/** "a, b and c" with the pieces of each item kept apart. */
function joined(items: readonly (readonly StoryPart[])[]): readonly StoryPart[] {
  const between = betweenItems(items.map(textOf));
  return items.flatMap((words, index) => [...words, ...between.slice(index, index + 1).map((text) => ({ text }))]);
}

/** The claims as one text. */
export function readingParts(readings: readonly FigureClaim[]): readonly StoryPart[] {
  return piecesJoined(readings.map(({ words }) => words));
}

/** Steps after which nets were measured: from the first to the last, where that was one after the other during training. */
export type Steps = number | readonly [from: number, to: number];

/** The steps of these results, of which there is at least one. */
export function stepsOf(measured: readonly { readonly now: { readonly step: number } }[]): Steps {
  const steps = measured.map(({ now }) => now.step);
  const [from, to] = [Math.min(...steps), Math.max(...steps)];
  return from === to ? to : [from, to];
}

/** How a sentence about what was measured then begins: "After 150 steps". */
export function whenText(steps: Steps): string {
  if (typeof steps === 'number') return say('insight.when', { step: steps });
  const [from, to] = steps;
  return say('insight.whenBetween', { from, to });
}

/** "after 150 steps", or "after 100 to 150 steps". */
export function stepsNote(measured: readonly { readonly now: { readonly step: number } }[]): string {
  if (measured.length === 0) return '';
  const steps = stepsOf(measured);
  if (typeof steps === 'number') return say('insight.after', { steps });
  const [from, to] = steps;
  return say('insight.afterBetween', { from, to });
}

/** The same, with the step of the pale lines. */
export function comparedNote(
  measured: readonly { readonly now: { readonly step: number }; readonly before: { readonly step: number } | null }[],
): string {
  const before = measured.flatMap((each) => each.before?.step ?? []);
  const now = stepsNote(measured);
  return before.length === 0 ? now : say('insight.pale', { now, before: Math.min(...before) });
}
