import * as v from 'valibot';
import type { ImageSize } from '../../core/data/images.ts';
import { EMOJI_VERSION } from '../../core/experiment/experiment.ts';
import { complaintOf, placeOf } from '../../core/experiment/parse/parse-values.ts';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';

/** File name of the index of the emoji. Names have the version in them, so that files of two versions never mix. */
export const INDEX_NAME = `emoji-${EMOJI_VERSION}-index.json`;
/** File name of the sheet of all emoji at `size` pixels a side. */
export const sheetName = (size: number) => `emoji-${EMOJI_VERSION}-${size}.tiles`;
/** Side of the sheet from which images of `size` are made: 8×8 is averaged from 16×16, the smaller download. */
export function sheetSizeFor(size: ImageSize): number {
  return size <= 16 ? 16 : 32;
}
/** File name of the sheet of the emoji that the page shows. */
export const SAMPLES_NAME = `emoji-${EMOJI_VERSION}-samples.tiles`;
/** What to do if a file of the emoji is missing or damaged. */
export const emojiRemedy = () => sentence('data.emoji.again');

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const naturals = v.pipe(v.array(natural), v.readonly());
const strings = v.pipe(v.array(v.string()), v.readonly());
const text = v.pipe(v.string(), v.nonEmpty());
/** A file of tiles (see `decodeTiles`): their side in pixels, and the file's length and CRC-32. */
const sheet = { size: positive, bytes: positive, crc: natural };

const creditSchema = v.object({ set: text, author: text, licence: text, licenceUrl: text, url: text, version: text });

const indexSchema = v.object({
  format: v.literal(EMOJI_VERSION),
  /** Sheets of all images, in the order of `images`. */
  sheets: v.pipe(v.array(v.object(sheet)), v.readonly()),
  /** A sheet of the `images` of these numbers, large enough to be shown. */
  samples: v.object({ ...sheet, images: naturals }),
  designers: strings,
  groups: strings,
  /** Columns of a table with one row an emoji, in Unicode's order. `groups` are indices; `test` is 1 or 0. */
  emoji: v.object({ characters: strings, names: strings, groups: naturals, test: naturals }),
  /** Columns of a table with one row an image, in the sheets' order. Both are indices. */
  images: v.object({ emoji: naturals, designers: naturals }),
  /** Who drew the images and under which licence, in the order of `designers`. */
  credits: v.pipe(v.array(creditSchema), v.readonly()),
});

/** The index of the emoji: which image shows which emoji, by which designer, in which split. */
export type EmojiIndex = v.InferOutput<typeof indexSchema>;
/** Side, length and checksum of a file of tiles. */
export type SheetFile = EmojiIndex['sheets'][number];
/** Author and licence of an emoji set. */
export type Credit = v.InferOutput<typeof creditSchema>;

/** The index of the emoji from its bytes. Throws `DataError` if it is not one or contradicts itself. */
export function parseEmojiIndex(bytes: Uint8Array): EmojiIndex {
  const parsed = v.safeParse(indexSchema, parseJson(bytes));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const found = { place: placeOf(issue) ?? 'top', complaint: complaintOf(issue) };
    throw indexError(sentence('data.emoji.format', { format: EMOJI_VERSION, ...found }));
  }
  const index = parsed.output;
  const { emoji, images, samples } = index;
  const count = emoji.characters.length;
  checkColumn('emoji.names', emoji.names, count);
  checkColumn('emoji.groups', emoji.groups, count, index.groups.length);
  checkColumn('emoji.test', emoji.test, count, 2);
  checkColumn('images.emoji', images.emoji, images.emoji.length, count);
  checkColumn('images.designers', images.designers, images.emoji.length, index.designers.length);
  checkColumn('samples.images', samples.images, samples.images.length, images.emoji.length);
  checkColumn('credits', index.credits, index.designers.length);
  return index;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw indexError(sentence('data.file.notJson', { bytes: bytes.length }), cause);
  }
}

function checkColumn(name: string, column: readonly unknown[], length: number, below = Number.POSITIVE_INFINITY): void {
  if (column.length !== length)
    throw indexError(sentence('data.emoji.column', { count: column.length, column: name, expected: length }));
  const wrong = column.find((value) => typeof value === 'number' && value >= below);
  if (wrong !== undefined)
    throw indexError(sentence('data.emoji.value', { value: String(wrong), column: name, limit: below }));
}

/** The index, or a sheet that it names, cannot be used. */
export function indexError(problem: Sentence, cause?: unknown): DataError {
  return new DataError(sentence('data.what.file'), named(INDEX_NAME, problem), emojiRemedy(), cause);
}
