import { Random } from '../../src/data/batches/random.ts';
import { EMOJI_FORMAT, type EmojiIndex } from '../../src/data/sources/emoji-index.ts';
import { TILE } from './draw.ts';
import type { Design } from './images.ts';
import type { IconSet } from './sets.ts';
import { COLUMNS } from './sheet.ts';
import { type Emoji, GROUPS } from './unicode.ts';

/** What is to be known of a sheet of these images that takes `bytes` bytes. */
export function buildIndex(
  emoji: readonly Emoji[],
  sets: readonly IconSet[],
  images: readonly Design[],
  bytes: number,
): EmojiIndex {
  const test = testPoints(emoji);
  return {
    format: EMOJI_FORMAT,
    sheet: { bytes, columns: COLUMNS, tile: TILE },
    designers: sets.map(({ designer }) => designer),
    groups: GROUPS.map(([, name]) => name),
    emoji: {
      characters: emoji.map(({ characters }) => characters),
      names: emoji.map(({ name }) => name),
      groups: emoji.map(({ group }) => group),
      test: emoji.map(({ points }) => (test.has(points) ? 1 : 0)),
    },
    images: { emoji: images.map((image) => image.emoji), designers: images.map(({ designer }) => designer) },
    credits: sets.map(({ credit }) => credit),
  };
}

/**
 * The points of the emoji for testing: the fifth of each group whose hashes are lowest, so that both sides have the
 * groups in the same proportions.
 */
function testPoints(emoji: readonly Emoji[]): ReadonlySet<string> {
  const hash = (points: string) => new Random(`test/${points}`).uint32();
  const chosen = GROUPS.flatMap((_, group) => {
    const members = emoji.filter((each) => each.group === group).map(({ points }) => points);
    return members.sort((a, b) => hash(a) - hash(b)).slice(0, Math.round(members.length / 5));
  });
  return new Set(chosen);
}
