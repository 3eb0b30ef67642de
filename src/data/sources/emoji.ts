import type { ImageSize } from '../../core/data/images.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError, named, type Pictures } from '../dataset.ts';
import type { DecodedImages, Labelling } from '../decoded-images.ts';
import { crc32 } from '../formats/png.ts';
import { decodeTiles } from '../formats/tiles/tiles.ts';
import {
  type EmojiIndex,
  emojiRemedy,
  INDEX_NAME,
  indexError,
  parseEmojiIndex,
  SAMPLES_NAME,
  type SheetFile,
  sheetName,
  sheetSizeFor,
} from './emoji-index.ts';
import { type OnProgress, type ReadFile, readOrExplain } from './read.ts';

/**
 * The emoji of four designers, sorted by 'designer' or by 'group', at the side of the sheet for `size`. Emoji that are
 * drawn alike are all among the training or all among the test images, with all their designs; both are in the sheet's order.
 * Throws `DataError` if a file is missing, damaged or of another index.
 */
export async function loadEmoji(read: ReadFile, size: ImageSize, onProgress?: OnProgress): Promise<DecodedImages> {
  const side = sheetSizeFor(size);
  let arrived = 0;
  const fetched = async (name: string) => {
    const bytes = await readOrExplain(read, name, emojiRemedy());
    arrived += 1;
    onProgress?.(0.2 * arrived);
    return bytes;
  };
  const [json, sheet, samples] = await Promise.all([INDEX_NAME, sheetName(side), SAMPLES_NAME].map(fetched));
  const index = parseEmojiIndex(json ?? new Uint8Array());
  const file = index.sheets.find((each) => each.size === side);
  if (file === undefined) throw indexError(sentence('data.emoji.sheet', { sheet: sheetName(side) }));
  const shown = decoded(SAMPLES_NAME, samples, index.samples, designersOf(index, index.samples.images));
  onProgress?.(0.7);
  const images = decoded(sheetName(side), sheet, file, index.images.designers);
  onProgress?.(1);
  return labelledEmoji(index, side, images, shown);
}

function designersOf({ images }: EmojiIndex, chosen: readonly number[]): readonly number[] {
  return chosen.map((image) => images.designers[image] ?? 0);
}

/** The tiles of a file, which must be the one that the index describes. */
function decoded(
  name: string,
  file: Uint8Array | undefined,
  { size, bytes, crc }: SheetFile,
  kinds: readonly number[],
) {
  const found = file?.length ?? 0;
  const fail = (problem: ReturnType<typeof sentence>) =>
    new DataError(sentence('data.what.file'), named(name, problem), emojiRemedy());
  if (file === undefined || found < bytes) throw fail(sentence('data.emoji.cut', { bytes: found, whole: bytes }));
  if (found > bytes) throw fail(sentence('data.emoji.bytes', { bytes: found, whole: bytes, index: INDEX_NAME }));
  if (crc32(file) !== crc) throw fail(sentence('data.file.damaged'));
  return decodeTiles(file, { size, kinds });
}

/** The index's images, RGB bytes [count, size, size, 3], with both labellings, and those that are shown, which are larger. */
function labelledEmoji(
  { emoji, images: table, samples, designers, groups }: EmojiIndex,
  size: number,
  images: Uint8Array,
  shown: Uint8Array,
): DecodedImages {
  const emojiOf = (image: number) => table.emoji[image] ?? 0;
  const side = (test: number) => [...table.emoji.keys()].filter((image) => emoji.test[emojiOf(image)] === test);
  const train = side(0);
  const test = side(1);
  const shownBytes = samples.size * samples.size * 3;
  const numberOf = new Map(samples.images.map((image, number) => [image, number]));
  const pictures = (chosen: readonly number[]): Pictures => ({
    size,
    images: pick(images, chosen, size),
    names: chosen.map((image) => emoji.names[emojiOf(image)] ?? ''),
    shown: {
      size: samples.size,
      images: new Map(
        chosen.flatMap((image, at): readonly (readonly [number, Uint8Array])[] => {
          const number = numberOf.get(image);
          return number === undefined ? [] : [[at, shown.subarray(number * shownBytes, (number + 1) * shownBytes)]];
        }),
      ),
    },
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

function pick(images: Uint8Array, chosen: readonly number[], size: number): Uint8Array {
  const bytes = size * size * 3;
  const picked = new Uint8Array(chosen.length * bytes);
  for (const [at, image] of chosen.entries())
    picked.set(images.subarray(image * bytes, (image + 1) * bytes), at * bytes);
  return picked;
}
