import { type Album, PICTURE_BYTES, PICTURE_SIZE, type Sorting } from '../album.ts';
import type { Pictures } from '../dataset.ts';
import { EMOJI_REMEDY, type EmojiIndex, INDEX_NAME, parseEmojiIndex, SHEET_NAME } from './emoji-index.ts';
import { decodeEmojiSheet } from './emoji-sheet.ts';
import { type OnProgress, type ReadFile, readOrExplain } from './read.ts';

/**
 * The emoji of four designers, sorted by 'designer' or by 'group', from emoji.json and emoji.png. An emoji is
 * among the training or the test images with all its designs; both are in the sheet's order.
 * Throws `DataError` if a file is missing, damaged or not the other's.
 */
export async function loadEmoji(read: ReadFile, onProgress?: OnProgress): Promise<Album> {
  const index = parseEmojiIndex(await readOrExplain(read, INDEX_NAME, EMOJI_REMEDY));
  onProgress?.(0.1);
  const png = await readOrExplain(read, SHEET_NAME, EMOJI_REMEDY);
  onProgress?.(0.6);
  const images = decodeEmojiSheet(png, index);
  onProgress?.(1);
  return emojiAlbum(index, images);
}

/** The index's images, RGB bytes [count, 32, 32, 3], as an album. */
function emojiAlbum({ emoji, images: table, designers, groups }: EmojiIndex, images: Uint8Array): Album {
  const emojiOf = (image: number) => table.emoji[image] ?? 0;
  const side = (test: number) => [...table.emoji.keys()].filter((image) => emoji.test[emojiOf(image)] === test);
  const train = side(0);
  const test = side(1);
  const pictures = (chosen: readonly number[]): Pictures => ({
    size: PICTURE_SIZE,
    images: pick(images, chosen),
    names: chosen.map((image) => emoji.names[emojiOf(image)] ?? ''),
  });
  const sorting = (task: string, classes: readonly string[], label: (image: number) => number): Sorting => ({
    task,
    classes,
    train: Uint8Array.from(train, label),
    test: Uint8Array.from(test, label),
  });
  return {
    source: 'emoji',
    train: pictures(train),
    test: pictures(test),
    sortings: [
      sorting('designer', designers, (image) => table.designers[image] ?? 0),
      sorting('group', groups, (image) => emoji.groups[emojiOf(image)] ?? 0),
    ],
  };
}

function pick(images: Uint8Array, chosen: readonly number[]): Uint8Array {
  const picked = new Uint8Array(chosen.length * PICTURE_BYTES);
  for (const [at, image] of chosen.entries()) {
    picked.set(images.subarray(image * PICTURE_BYTES, (image + 1) * PICTURE_BYTES), at * PICTURE_BYTES);
  }
  return picked;
}
