import { printable } from '../../../core/quote.ts';
import { type Sentence, sentence } from '../../../language/sentence.ts';
import { DataError, named } from '../../dataset.ts';
import { SNIFFED_BYTES, sniff } from '../sniff.ts';
import { plainName } from './paths.ts';

const UNSIGNED_BYTE = 0x08;

/** The array of an IDX file: images [count, rows, columns], or labels [count]. */
export interface Idx {
  readonly shape: readonly number[];
  /** A view of the file's bytes. */
  readonly values: Uint8Array;
}

/**
 * Reads a file of the IDX format: two zero bytes, a type, the number of dimensions, the dimensions as big-endian
 * integers, then the numbers. Throws a `DataError` that names the file and the fault.
 */
export function readIdx(bytes: Uint8Array, name: string): Idx {
  const fail = (problem: Sentence) =>
    new DataError(sentence('data.what.file'), named(printable(name), problem), sentence('data.idx.whole'));
  if (sniff(bytes) !== 'idx') throw fail(sentence('data.idx.kind'));
  const [, , type = 0, dimensions = 0] = bytes;
  if (type !== UNSIGNED_BYTE) throw fail(sentence('data.idx.type', { type }));
  if (dimensions < 1 || dimensions > 4) throw fail(sentence('data.idx.dimensions', { count: dimensions }));
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) throw fail(sentence('data.idx.cut', { bytes: bytes.length }));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, side) => product * side, 1);
  if (size !== bytes.length - header) {
    throw fail(sentence('data.idx.numbers', { shape: shape.join(' × '), size, count: bytes.length - header }));
  }
  return { shape, values: bytes.subarray(header) };
}

/** Number of images that the beginning of a file declares; 0 where it is no IDX file of images, or ends there already. */
export function declaredImages(head: Uint8Array): number {
  if (sniff(head) !== 'idx' || head[3] !== 3 || head.length < SNIFFED_BYTES) return 0;
  return new DataView(head.buffer, head.byteOffset).getUint32(4);
}

/** What the name of an IDX file tells: its split and its data set. */
export interface IdxName {
  readonly side: 'train' | 'test';
  /** The data set in the name, such as `emnist-letters`; files of one set share it. */
  readonly set: string;
  /** The name without the words for images and labels. */
  readonly part: string;
}

const TRAIN = /^(train|training)$/;
const TEST = /^(t10k|test|testing|val|valid|validation)$/;
const FILLER = /^(images?|labels?|[xy]|idx\d?|ubyte|data|bin|dat|gz)$/;

/** Parses the name of an MNIST file: `t10k-images-idx3-ubyte (1).gz` belongs to the test split. */
export function idxName(file: string): IdxName {
  const words = plainName(plainName(file))
    .toLowerCase()
    .split(/[-_.\s]+/);
  const rest = words.filter((word) => !FILLER.test(word) && word !== '');
  const isSet = (word: string) => !TRAIN.test(word) && !TEST.test(word);
  return {
    side: rest.some((word) => TEST.test(word)) ? 'test' : 'train',
    set: rest.filter(isSet).join('-'),
    part: rest.join('-'),
  };
}

/** Whether a folder has the name of an IDX file, as if that was unpacked into it. */
export function isIdxFolder(folder: string): boolean {
  return /idx[13][-.]?ubyte/i.test(folder);
}

/** The class names of a set and the number of its first label. */
export interface IdxClasses {
  readonly names: readonly string[];
  /** The label of the first class. */
  readonly first: number;
}

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * The sets of the MNIST family whose labels are not digits, by the names of their files, folders or archives. The names
 * are those of their authors: Xiao et al. 2017, Clanuwat et al. 2018, Cohen et al. 2017.
 */
const KNOWN: readonly (IdxClasses & { readonly told: RegExp })[] = [
  {
    told: /fashion/i,
    names: ['T-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    first: 0,
  },
  {
    told: /kmnist|kuzushiji/i,
    names: ['o お', 'ki き', 'su す', 'tsu つ', 'na な', 'ha は', 'ma ま', 'ya や', 're れ', 'wo を'],
    first: 0,
  },
  { told: /emnist-letters/i, names: CAPITALS, first: 1 },
  // Small letters that look like their capitals are one class with them.
  { told: /emnist-(balanced|bymerge)/i, names: [...DIGITS, ...CAPITALS, ...'abdefghnqrt'], first: 0 },
  {
    told: /emnist-byclass/i,
    names: [...DIGITS, ...CAPITALS, ...CAPITALS.map((letter) => letter.toLowerCase())],
    first: 0,
  },
];

/** MNIST itself, whose labels are digits. */
const DIGIT_SET = /(^|[^a-z])mnist/i;

/**
 * The classes of labels from `least` to `most`, by the first file or folder name that identifies a known set; otherwise
 * the numbers.
 */
export function idxClasses(told: readonly string[], least: number, most: number): IdxClasses {
  for (const name of told) {
    const known = KNOWN.find((each) => each.told.test(name));
    if (known !== undefined && least >= known.first && most < known.first + known.names.length) return known;
    if (known === undefined && DIGIT_SET.test(name)) break;
  }
  return { names: Array.from({ length: most + 1 }, (_, label) => String(label)), first: 0 };
}
