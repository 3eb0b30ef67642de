import { dodge } from '../labels/dodge.ts';
import { textWidth } from '../labels/text-width.ts';

export const WORD_SIZE = 12;
const APART = 14;
/** From the end of a line to its words. */
export const AFTER = 12;

/** Words that want to stand at a height, behind the end of a line at `x`. */
export interface EndWish {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The heights at which words at the ends of lines stand: pushed `apart` where they would lie over each other. */
export function endWords(wishes: readonly EndWish[], low: number, high: number, apart = APART): readonly number[] {
  const places = wishes.map(({ y }) => y);
  const spans = wishes.map(({ x, text }, index) => ({
    index,
    from: x,
    to: x + AFTER + textWidth(text, WORD_SIZE, true),
  }));
  const groups: { members: number[]; to: number }[] = [];
  for (const { index, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const group = groups.at(-1);
    if (group !== undefined && from < group.to) {
      group.members.push(index);
      group.to = Math.max(group.to, to);
    } else groups.push({ members: [index], to });
  }
  for (const { members } of groups) {
    const moved = dodge(
      members.map((index) => places[index] ?? 0),
      apart,
      low,
      high,
    );
    members.forEach((index, at) => {
      places[index] = moved[at] ?? 0;
    });
  }
  return places;
}

/** The room that words need behind the ends of lines, within reason. */
export function endRoom(texts: readonly string[], width: number): number {
  const widest = Math.max(0, ...texts.map((text) => textWidth(text, WORD_SIZE, true)));
  return Math.round(Math.max(16, Math.min(AFTER + widest + 4, width * 0.34)));
}
