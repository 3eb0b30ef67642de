import sharp from 'sharp';
import { Random } from '../../src/data/batches/random.ts';
import { EMOJI_FORMAT, type EmojiIndex } from '../../src/data/sources/emoji-index.ts';
import { type EmojiDesign, TILE } from './images.ts';
import type { IconSet } from './sets.ts';
import { type Emoji, GROUPS } from './unicode.ts';

/** Images in one row of the sheet. */
export const COLUMNS = 84;

/** The tiles, `COLUMNS` a row, as a lossless RGB PNG; what is left of the last row is white. */
export async function encodeSheet(tiles: readonly Buffer[]): Promise<Buffer> {
  const width = COLUMNS * TILE;
  const height = Math.ceil(tiles.length / COLUMNS) * TILE;
  const pixels = Buffer.alloc(width * height * 3, 255);
  for (const [number, tile] of tiles.entries()) paste(tile, pixels, Math.floor(number / COLUMNS), number % COLUMNS);
  // Flat colours compress best unfiltered (4.5 MB, 5.6 with a filter chosen for each line). sharp's `effort` would
  // quantise to 256 colours.
  const options = { compressionLevel: 9, adaptiveFiltering: false, palette: false } as const;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png(options)
    .toBuffer();
}

function paste(tile: Buffer, sheet: Buffer, row: number, column: number): void {
  const bytes = TILE * 3;
  for (let y = 0; y < TILE; y++) {
    tile.copy(sheet, ((row * TILE + y) * COLUMNS + column) * bytes, y * bytes, (y + 1) * bytes);
  }
}

/** The index of a sheet of these images with a file size of `bytes`. */
export function buildIndex(
  emoji: readonly Emoji[],
  sets: readonly IconSet[],
  images: readonly EmojiDesign[],
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
