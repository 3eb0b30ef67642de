import { type DecodedPng, decode } from 'fast-png';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named, type Pictures } from '../dataset.ts';
import { type DecodedImages, type Labelling, PICTURE_BYTES, PICTURE_SIZE } from '../decoded-images.ts';
import { type EmojiIndex, emojiRemedy, INDEX_NAME, parseEmojiIndex, SHEET_NAME } from './emoji-index.ts';
import { type OnProgress, type ReadFile, readOrExplain } from './read.ts';

/**
 * The emoji of four designers, sorted by 'designer' or by 'group', from emoji.json and emoji.png. An emoji is
 * among the training or the test images with all its designs; both are in the sheet's order.
 * Throws `DataError` if a file is missing, damaged or not the other's.
 */
export async function loadEmoji(read: ReadFile, onProgress?: OnProgress): Promise<DecodedImages> {
  const index = parseEmojiIndex(await readOrExplain(read, INDEX_NAME, emojiRemedy()));
  onProgress?.(0.1);
  const png = await readOrExplain(read, SHEET_NAME, emojiRemedy());
  onProgress?.(0.6);
  const images = decodeEmojiSheet(png, index);
  onProgress?.(1);
  return labelledEmoji(index, images);
}

/** The index's images, RGB bytes [count, 32, 32, 3], with both labellings. */
function labelledEmoji({ emoji, images: table, designers, groups }: EmojiIndex, images: Uint8Array): DecodedImages {
  const emojiOf = (image: number) => table.emoji[image] ?? 0;
  const side = (test: number) => [...table.emoji.keys()].filter((image) => emoji.test[emojiOf(image)] === test);
  const train = side(0);
  const test = side(1);
  const pictures = (chosen: readonly number[]): Pictures => ({
    size: PICTURE_SIZE,
    images: pick(images, chosen),
    names: chosen.map((image) => emoji.names[emojiOf(image)] ?? ''),
  });
  const sorting = (task: string, classes: readonly string[], label: (image: number) => number): Labelling => ({
    task,
    classes,
    train: Uint8Array.from(train, label),
    test: Uint8Array.from(test, label),
  });
  return {
    source: 'emoji',
    train: pictures(train),
    test: pictures(test),
    labellings: [
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

/**
 * The sheet's images one after the other, RGB bytes [count, 32, 32, 3], from the bytes of emoji.png.
 * Throws `DataError` if the file is cut short, damaged or not the one that the index describes.
 */
export function decodeEmojiSheet(png: Uint8Array, index: EmojiIndex): Uint8Array {
  const { bytes, columns, tile } = index.sheet;
  const length = { bytes: png.length, whole: bytes };
  if (png.length < bytes) throw sheetError(sentence('data.emoji.cut', length));
  if (png.length > bytes) throw sheetError(sentence('data.emoji.bytes', { ...length, index: INDEX_NAME }));
  const sheet = decodePng(png);
  const count = index.images.emoji.length;
  const width = columns * tile;
  const height = Math.ceil(count / columns) * tile;
  if (sheet.width !== width || sheet.height !== height || sheet.channels !== 3 || sheet.depth !== 8) {
    const found = sentence('data.emoji.pixels', {
      width: sheet.width,
      height: sheet.height,
      channels: sheet.channels,
      depth: sheet.depth,
    });
    const expected = sentence('data.emoji.pixels', { width, height, channels: 3, depth: 8 });
    throw sheetError(sentence('data.emoji.sheet', { found, index: INDEX_NAME, expected }));
  }
  if (tile !== PICTURE_SIZE) throw sheetError(sentence('data.emoji.tile', { tile, expected: PICTURE_SIZE }));
  return cutTiles(sheet, count, columns);
}

function decodePng(png: Uint8Array): DecodedPng {
  try {
    return decode(png, { checkCrc: true });
  } catch (cause) {
    throw sheetError(sentence('data.file.damaged'), cause);
  }
}

function cutTiles(sheet: DecodedPng, count: number, columns: number): Uint8Array {
  const images = new Uint8Array(count * PICTURE_BYTES);
  const rowBytes = PICTURE_SIZE * 3;
  for (let image = 0; image < count; image++) {
    const left = (image % columns) * rowBytes;
    const top = Math.floor(image / columns) * PICTURE_SIZE;
    for (let y = 0; y < PICTURE_SIZE; y++) {
      const from = (top + y) * columns * rowBytes + left;
      images.set(sheet.data.subarray(from, from + rowBytes), image * PICTURE_BYTES + y * rowBytes);
    }
  }
  return images;
}

function sheetError(problem: Sentence, cause?: unknown): DataError {
  return new DataError(sentence('data.what.file'), named(SHEET_NAME, problem), emojiRemedy(), cause);
}
