import { type Sentence, sentence } from '../../language/sentence.ts';
import { DataError, named } from '../dataset.ts';
import { type DecodedImages, PICTURE_BYTES, PICTURE_SIZE } from '../decoded-images.ts';
import { type OnProgress, type ReadFile, readOrExplain } from './read.ts';

/** Number of training images that are used: the first of the five files. */
const CIFAR10_TRAINING_IMAGES = 10_000;

/** The files of CIFAR-10's archive. */
export const CIFAR10_FILES = {
  train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`),
  test: 'test_batch.bin',
  names: 'batches.meta.txt',
} as const;
const FOLDER = 'cifar-10-batches-bin';
/** The class names of CIFAR-10, in the order of its labels. */
export const CIFAR10_CLASSES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];
const remedy = () => sentence('data.cifar.folder', { folder: FOLDER });

/**
 * CIFAR-10 from its binary files, in `FOLDER` or at the root of what is read: all test images and the first
 * `limit` training images. Training files beyond the limit are not read.
 * Throws `DataError` if a file is missing, cut short or of another kind.
 */
export async function loadCifar10(
  read: ReadFile,
  onProgress?: OnProgress,
  limit: number = CIFAR10_TRAINING_IMAGES,
): Promise<DecodedImages> {
  const { folder, testBytes } = await findFolder(read);
  const test = decodeCifarRecords(testBytes, CIFAR10_FILES.test, CIFAR10_CLASSES.length, remedy());
  const classes = await readClasses(read, folder);
  const parts: CifarRecords[] = [];
  let count = 0;
  for (const name of CIFAR10_FILES.train) {
    if (count >= limit) break;
    const bytes = await readOrExplain(read, folder + name, remedy());
    const part = decodeCifarRecords(bytes, name, CIFAR10_CLASSES.length, remedy());
    parts.push(part);
    count += part.labels.length;
    onProgress?.(Math.min(1, count / limit));
  }
  const train = join(parts, Math.min(count, limit));
  onProgress?.(1);
  const pictures = ({ images, labels }: CifarRecords) => ({
    size: PICTURE_SIZE,
    images,
    names: Array.from(labels, (label) => classes[label] ?? ''),
  });
  return {
    source: 'cifar10',
    train: pictures(train),
    test: pictures(test),
    labellings: [{ task: 'class', classes, train: train.labels, test: test.labels }],
  };
}

interface Found {
  /** The prefix of the file names. */
  readonly folder: string;
  readonly testBytes: Uint8Array;
}

async function findFolder(read: ReadFile): Promise<Found> {
  for (const folder of ['', `${FOLDER}/`]) {
    const testBytes = await read(folder + CIFAR10_FILES.test).catch(() => null);
    if (testBytes !== null) return { folder, testBytes };
  }
  throw new DataError(
    'CIFAR-10',
    sentence('data.cifar.nowhere', { file: CIFAR10_FILES.test, folder: FOLDER }),
    remedy(),
  );
}

/** The ten class names, one per line; the standard ones if the file is missing. */
async function readClasses(read: ReadFile, folder: string): Promise<readonly string[]> {
  const bytes = await read(folder + CIFAR10_FILES.names).catch(() => null);
  if (bytes === null) return CIFAR10_CLASSES;
  const names = linesOf(bytes);
  if (names.length === CIFAR10_CLASSES.length) return names;
  const problem = sentence('data.cifar.names', { count: names.length });
  throw new DataError(sentence('data.what.file'), named(CIFAR10_FILES.names, problem), remedy());
}

/** The lines of a text that are not empty: the names of classes. */
export function linesOf(bytes: Uint8Array): readonly string[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}

function join(parts: readonly CifarRecords[], count: number): CifarRecords {
  const images = new Uint8Array(count * PICTURE_BYTES);
  const labels = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    const taken = Math.min(part.labels.length, count - at);
    images.set(part.images.subarray(0, taken * PICTURE_BYTES), at * PICTURE_BYTES);
    labels.set(part.labels.subarray(0, taken), at);
    at += taken;
  }
  return { images, labels };
}

const PLANE = PICTURE_SIZE * PICTURE_SIZE;

/** Decoded images and labels of a CIFAR file. */
export interface CifarRecords {
  /** RGB bytes, [count, 32, 32, 3]. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * Decodes the records of one CIFAR file, each a label (the last of `labelBytes` bytes) followed by the red, green and
 * blue plane of an image. Throws a `DataError` that names the file and ends with `remedy` if the bytes are no whole
 * records or a label is none of `classes` classes.
 */
export function decodeCifarRecords(
  bytes: Uint8Array,
  name: string,
  classes: number,
  remedy: Sentence,
  labelBytes = 1,
): CifarRecords {
  const recordBytes = labelBytes + PICTURE_BYTES;
  const kind = `CIFAR-${classes}`;
  const count = Math.floor(bytes.length / recordBytes);
  if (count === 0 || bytes.length % recordBytes !== 0) {
    const problem = sentence('data.cifar.records', { kind, bytes: bytes.length, record: recordBytes });
    throw new DataError(sentence('data.what.file'), named(name, problem), remedy);
  }
  const images = new Uint8Array(count * PICTURE_BYTES);
  const labels = new Uint8Array(count);
  for (let record = 0; record < count; record++) {
    const start = record * recordBytes + labelBytes;
    const label = bytes[start - 1] ?? 0;
    if (label >= classes) {
      const problem = sentence('data.cifar.label', { kind, record, label });
      throw new DataError(sentence('data.what.file'), named(name, problem), remedy);
    }
    labels[record] = label;
    interleave(bytes.subarray(start, start + PICTURE_BYTES), images, record * PICTURE_BYTES);
  }
  return { images, labels };
}

function interleave(planes: Uint8Array, images: Uint8Array, offset: number): void {
  for (let pixel = 0; pixel < PLANE; pixel++) {
    const at = offset + pixel * 3;
    images[at] = planes[pixel] ?? 0;
    images[at + 1] = planes[PLANE + pixel] ?? 0;
    images[at + 2] = planes[2 * PLANE + pixel] ?? 0;
  }
}
