import { MOST_IMAGES } from '../../spec/library.ts';
import { PICTURE_BYTES, PICTURE_SIZE } from '../album.ts';
import { DataError } from '../error.ts';
import type { Idx } from './idx.ts';
import { idxClasses } from './idx-classes.ts';
import type { Labelled } from './raw-set.ts';
import { fitted } from './resize.ts';

const REMEDY = 'give the images and the labels of one data set, as MNIST names them';
const NAME = /^(.*?)[-_.]?(images|labels)[-.]idx[13](?:[-.]ubyte)?(?:\.gz)?$/i;

/** What a file of the MNIST family says by its name: "train" and "images"; null for another file. */
export function idxName(file: string): { readonly part: string; readonly what: 'images' | 'labels' } | null {
  const match = NAME.exec(file);
  if (match === null) return null;
  return { part: match[1] ?? '', what: match[2]?.toLowerCase() === 'labels' ? 'labels' : 'images' };
}

/**
 * The images and labels of IDX files, by their names. `paths`, in which folders are named too, and `source` may tell which
 * classes they are of. Throws a `DataError` where they do not
 * belong together.
 */
export function idxSet(files: ReadonlyMap<string, Idx>, paths: readonly string[], source: string) {
  const fail = (problem: string) => new DataError('data set', `${source}: ${problem}`, REMEDY);
  const parts = new Map<string, { images?: Idx; labels?: Idx }>();
  for (const [file, idx] of files) {
    const named = idxName(file);
    if (named === null) continue;
    const { part, what } = named;
    if (idx.shape.length !== (what === 'labels' ? 1 : 3))
      throw fail(`${file} holds no ${what} ([${idx.shape.join(', ')}])`);
    parts.set(part, { ...parts.get(part), [what]: idx });
  }
  const sets = new Set([...parts.keys()].map((part) => part.replace(/[-_.]?(train|t10k|test)$/i, '')));
  if (sets.size > 1) throw fail(`it holds several data sets: ${[...sets].join(', ')}`);
  const [train, test]: [Labelled[], Labelled[]] = [[], []];
  let [least, most] = [255, 0];
  for (const [part, { images, labels }] of parts) {
    if (images === undefined) throw fail(`the images of ${part || 'the labels'} are missing`);
    if (labels === undefined) throw fail(`the labels of ${part || 'the images'} are missing`);
    const [count = 0, rows = 0, columns = 0] = images.shape;
    if (labels.shape[0] !== count) throw fail(`${part} has ${count} images, but ${labels.shape[0]} labels`);
    if (rows === 0 || columns === 0) throw fail(`the images of ${part} have no pixels`);
    if (count > MOST_IMAGES) throw fail(`${count} images are more than ${MOST_IMAGES}`);
    for (const label of labels.values) [least, most] = [Math.min(least, label), Math.max(most, label)];
    // Those of EMNIST lie on their side.
    const upright = part.toLowerCase().startsWith('emnist') ? turned(images.values, rows, columns) : images.values;
    const squares = squaresOf(upright, rows, columns);
    (/train$/i.test(part) ? train : test).push({ images: squares, labels: labels.values });
  }
  const { names, first } = idxClasses([...paths, source], least, most);
  const fromZero = (part: Labelled) => ({ ...part, labels: part.labels.map((label) => label - first) });
  return { classes: names, train: train.map(fromZero), test: test.map(fromZero) };
}

/** Grey images as RGB of 32 by 32. */
function squaresOf(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const length = rows * columns;
  const count = values.length / length;
  const squares = new Uint8Array(count * PICTURE_BYTES);
  for (let image = 0; image < count; image++) {
    const data = inRgb(values.subarray(image * length, (image + 1) * length));
    squares.set(fitted({ width: columns, height: rows, data }, PICTURE_SIZE), image * PICTURE_BYTES);
  }
  return squares;
}

function inRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (const [at, value] of grey.entries()) rgb.fill(value, 3 * at, 3 * at + 3);
  return rgb;
}

/** Each image with its rows and columns exchanged. */
function turned(values: Uint8Array, rows: number, columns: number): Uint8Array {
  const result = new Uint8Array(values.length);
  const length = rows * columns;
  for (let start = 0; start < values.length; start += length) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) result[start + x * rows + y] = values[start + y * columns + x] ?? 0;
    }
  }
  return result;
}
