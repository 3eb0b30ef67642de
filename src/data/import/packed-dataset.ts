import * as v from 'valibot';
import { concatBytes, hexOf } from '../../core/bytes.ts';
import { PICTURE_SIZES, type PictureSize, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import { MOST_IMAGES } from '../../core/data/library.ts';
import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError } from '../dataset.ts';
import type { DecodedImages } from '../decoded-images.ts';
import { MEGABYTE } from './entry.ts';
import { countOf, type ImportedDataset, type Labelled, MOST_CLASSES } from './sets/imported-dataset.ts';

/** "RPDATA1\n": the magic bytes of a packed data set. */
const MAGIC = [0x52, 0x50, 0x44, 0x41, 0x54, 0x41, 0x31, 0x0a];
const PREFIX = MAGIC.length + 4;
const MOST_HEADER_BYTES = MEGABYTE;

const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_IMAGES));
const headerSchema = v.strictObject({
  classes: v.pipe(v.array(v.string()), v.minLength(2), v.maxLength(MOST_CLASSES)),
  train: count,
  test: count,
  // Sets of the usual size do not say it: those that were kept before there was a choice have the same bytes still.
  size: v.optional(v.picklist(PICTURE_SIZES), USUAL_PICTURE_SIZE),
});

/** A stored data set. */
export interface Packed {
  /** Pixels a side of its images. */
  readonly size: PictureSize;
  readonly classes: readonly string[];
  readonly train: Labelled;
  readonly test: Labelled;
}

/**
 * Serialises a data set into consecutive pieces: a header, all labels, all images. The same images in the same order
 * give the same bytes, whatever files they were read from. Throws a `DataError` where the names of its classes are too long
 * to be read again.
 */
export function packDataset(set: Pick<ImportedDataset, 'size' | 'classes' | 'train' | 'test'>): readonly Uint8Array[] {
  const { size, classes, train, test } = set;
  const said = size === USUAL_PICTURE_SIZE ? {} : { size };
  const counts = { train: countOf(train), test: countOf(test) };
  const header = new TextEncoder().encode(JSON.stringify({ classes, ...counts, ...said }));
  if (header.length > MOST_HEADER_BYTES) {
    const problem = sentence('data.set.names', { most: MOST_HEADER_BYTES / MEGABYTE });
    throw new DataError(sentence('data.what.dataset'), problem, sentence('data.set.shorterNames'));
  }
  const prefix = new Uint8Array(PREFIX);
  prefix.set(MAGIC);
  new DataView(prefix.buffer).setUint32(MAGIC.length, header.length, true);
  const parts = [...train, ...test];
  return [prefix, header, ...parts.map(({ labels }) => labels), ...parts.map(({ images }) => images)];
}

type Fail = (problem: Sentence, cause?: unknown) => DataError;

/**
 * Parses a stored data set; images and labels share its bytes. Throws a `DataError` that names the set if it is
 * damaged.
 */
export function unpackDataset(bytes: Uint8Array, name: string): Packed {
  const fail: Fail = (problem, cause) =>
    new DataError(
      sentence('data.what.dataset'),
      sentence('data.kept', { name, problem }),
      sentence('data.kept.again'),
      cause,
    );
  if (bytes.length < PREFIX || MAGIC.some((byte, at) => bytes[at] !== byte)) throw fail(sentence('data.kept.none'));
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (length > Math.min(MOST_HEADER_BYTES, bytes.length - PREFIX))
    throw fail(sentence('data.kept.header', { bytes: length }));
  const { size, classes, train, test } = readHeader(bytes.subarray(PREFIX, PREFIX + length), fail);
  const body = bytes.subarray(PREFIX + length);
  const expected = (train + test) * (1 + size * size * 3);
  if (body.length !== expected) throw fail(sentence('data.kept.bytes', { bytes: body.length, whole: expected }));
  const labels = body.subarray(0, train + test);
  const wrong = labels.find((label) => label >= classes.length);
  if (wrong !== undefined) throw fail(sentence('data.set.label', { label: wrong, classes: classes.length }));
  const images = body.subarray(train + test);
  const border = train * size * size * 3;
  return {
    size,
    classes,
    train: { images: images.subarray(0, border), labels: labels.subarray(0, train) },
    test: { images: images.subarray(border), labels: labels.subarray(train) },
  };
}

function readHeader(bytes: Uint8Array, fail: Fail) {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw fail(sentence('data.kept.notJson'), cause);
  }
  const parsed = v.safeParse(headerSchema, json);
  if (!parsed.success) throw fail(sentence('data.kept.noSense', { reason: parsed.issues[0].message }));
  return parsed.output;
}

const WINDOW = 4 * 2 ** 20;

/**
 * The content hash of a packed data set, in hexadecimal: SHA-256 over the SHA-256 hashes of its windows of 4 MB, since
 * hashing the whole at once would need a second copy in memory. Throws a `DataError` if the page is not in a secure
 * context.
 */
export async function contentHash(pieces: readonly Uint8Array[]): Promise<string> {
  if (crypto.subtle === undefined) {
    throw new DataError(sentence('data.what.dataset'), sentence('data.hash.insecure'), sentence('data.hash.https'));
  }
  const hashes: Uint8Array[] = [];
  const window = new Uint8Array(WINDOW);
  let filled = 0;
  const close = async () => {
    hashes.push(new Uint8Array(await crypto.subtle.digest('SHA-256', window.subarray(0, filled))));
    filled = 0;
  };
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + WINDOW - filled);
      window.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === WINDOW) await close();
    }
  }
  if (filled > 0) await close();
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', concatBytes(hashes))));
}

/** The images of a stored data set, which share its bytes. Throws a `DataError` if it is damaged. */
export function storedImages(bytes: Uint8Array, name: string): DecodedImages {
  const { size, classes, train, test } = unpackDataset(bytes, name);
  const pictures = ({ images, labels }: typeof train) => ({
    size,
    images,
    names: Array.from(labels, (label) => classes[label] ?? ''),
  });
  return {
    source: 'own',
    train: pictures(train),
    test: pictures(test),
    labellings: [{ task: 'class', classes, train: train.labels, test: test.labels }],
  };
}
