import { encode } from 'fast-png';
import type { EmojiIndex } from '../../data/sources/emoji-index.ts';

const COLUMNS = 3;
const TILE = 32;

/** Five images on a sheet of three columns; every byte of image i is 10 * (i + 1), the rest of the sheet white. */
export function tinySheet(columns = COLUMNS): Uint8Array {
  const width = columns * TILE;
  const data = new Uint8Array(width * 2 * TILE * 3).fill(255);
  for (let image = 0; image < 5; image++) {
    for (let y = 0; y < TILE; y++) {
      const row = Math.floor(image / columns) * TILE + y;
      const at = (row * width + (image % columns) * TILE) * 3;
      data.fill(10 * (image + 1), at, at + TILE * 3);
    }
  }
  return encode({ width, height: 2 * TILE, data, channels: 3, depth: 8 });
}

/** The index of `tinySheet`: a cat and a dog by two designers and a flag by one; the dog is for testing. */
export function tinyIndex(bytes: number): EmojiIndex {
  const credit = { author: 'A', licence: 'L', licenceUrl: 'https://l', url: 'https://u', version: '1' };
  return {
    format: 1,
    sheet: { bytes, columns: COLUMNS, tile: TILE },
    designers: ['Ann', 'Bob'],
    groups: ['Animals', 'Flags'],
    emoji: { characters: ['🐱', '🐶', '🏁'], names: ['cat', 'dog', 'flag'], groups: [0, 0, 1], test: [0, 1, 0] },
    images: { emoji: [0, 1, 2, 0, 1], designers: [0, 0, 0, 1, 1] },
    credits: [
      { set: 'Ann', ...credit },
      { set: 'Bob', ...credit },
    ],
  };
}

/** JSON as UTF-8 bytes. */
export function toBytes(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}
