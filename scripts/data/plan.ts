import { EMOJI_FORMAT, type EmojiIndex } from '../../src/data/emojiIndex.ts';
import { Random } from '../../src/data/random.ts';
import type { Drawing, IconSet } from './sets.ts';
import { COLUMNS, TILE } from './sheet.ts';
import { type Emoji, GROUPS } from './unicode.ts';

/** One image of the sheet: an emoji as one designer draws it. Both numbers are indices. */
export interface Plan {
  readonly emoji: number;
  readonly designer: number;
  readonly drawing: Drawing;
}

/** Every drawing of every emoji, the designs of one emoji side by side, emoji in Unicode's order. */
export function planSheet(emoji: readonly Emoji[], sets: readonly IconSet[]): readonly Plan[] {
  return emoji.flatMap(({ points }, number) =>
    sets.flatMap(({ drawings }, designer) => {
      const drawing = drawings.get(points);
      return drawing === undefined ? [] : [{ emoji: number, designer, drawing }];
    }),
  );
}

/** What is to be known of a sheet of `bytes` bytes. */
export function indexOf(
  emoji: readonly Emoji[],
  sets: readonly IconSet[],
  plan: readonly Plan[],
  bytes: number,
): EmojiIndex {
  return {
    format: EMOJI_FORMAT,
    sheet: { bytes, columns: COLUMNS, tile: TILE },
    designers: sets.map(({ designer }) => designer),
    groups: GROUPS.map(([, name]) => name),
    emoji: {
      characters: emoji.map(({ characters }) => characters),
      names: emoji.map(({ name }) => name),
      groups: emoji.map(({ group }) => group),
      test: emoji.map(({ points }) => (isTest(points) ? 1 : 0)),
    },
    images: { emoji: plan.map((image) => image.emoji), designers: plan.map(({ designer }) => designer) },
    credits: sets.map(({ credit }) => credit),
  };
}

/** A fifth of the emoji are for testing: each emoji's own hash decides, so an emoji that is added moves no other. */
function isTest(points: string): boolean {
  return new Random(`test/${points}`).below(5) === 0;
}
