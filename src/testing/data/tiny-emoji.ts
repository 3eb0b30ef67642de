import { crc32 } from '../../data/formats/png.ts';
import { encodeTiles } from '../../data/formats/tiles/tiles.ts';
import type { EmojiIndex } from '../../data/sources/emoji-index.ts';

const DESIGNERS = [0, 0, 0, 1, 1];

/** The level, and byte, nearest to 10 * (number + 1) of the 64 that a sheet has. */
export const tinyByte = (number: number) => Math.round((Math.round((10 * (number + 1) * 63) / 255) * 255) / 63);

/** Tiles of one colour: every byte of number i is `tinyByte(i)`. */
function tinyTiles(size: number, kinds: readonly number[]): Uint8Array {
  const bytes = size * size * 3;
  const images = Uint8Array.from({ length: kinds.length * bytes }, (_, at) => 10 * (Math.floor(at / bytes) + 1));
  return encodeTiles(images, { size, kinds });
}

/** Sheets of five images at two sizes, and one of the second of them for the page. */
function tinySheets() {
  return { small: tinyTiles(16, DESIGNERS), large: tinyTiles(32, DESIGNERS), samples: tinyTiles(64, [0]) };
}

/** The index of `tinySheets`: a cat and a dog by two designers and a flag by one; the dog is for testing. */
export function tinyIndex({ small, large, samples } = tinySheets()): EmojiIndex {
  const credit = { author: 'A', licence: 'L', licenceUrl: 'https://l', url: 'https://u', version: '1' };
  const file = (size: number, bytes: Uint8Array) => ({ size, bytes: bytes.length, crc: crc32(bytes) });
  return {
    format: 2,
    sheets: [file(16, small), file(32, large)],
    samples: { ...file(64, samples), images: [1] },
    designers: ['Ann', 'Bob'],
    groups: ['Animals', 'Flags'],
    emoji: { characters: ['🐱', '🐶', '🏁'], names: ['cat', 'dog', 'flag'], groups: [0, 0, 1], test: [0, 1, 0] },
    images: { emoji: [0, 1, 2, 0, 1], designers: DESIGNERS },
    credits: [
      { set: 'Ann', ...credit },
      { set: 'Bob', ...credit },
    ],
  };
}

/** The files of the tiny emoji by their names. */
export function tinyFiles(): Readonly<Record<string, Uint8Array>> {
  const sheets = tinySheets();
  const { small, large, samples } = sheets;
  const index = toBytes(tinyIndex(sheets));
  return {
    'emoji-2-index.json': index,
    'emoji-2-16.tiles': small,
    'emoji-2-32.tiles': large,
    'emoji-2-samples.tiles': samples,
  };
}

/** JSON as UTF-8 bytes. */
export function toBytes(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}
