import { MOST_BYTES, MOST_IMAGES } from '../../core/data/library.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError } from '../dataset.ts';
import type { Labelled } from './sets/imported-dataset.ts';

/** Accumulates images of one size in chunks of memory. */
export class ImageAccumulator {
  /** The path of each image, in the order of arrival. */
  readonly paths: string[] = [];
  readonly #size: number;
  readonly #bytes: number;
  readonly #most: number;
  readonly #pieces: Uint8Array[] = [];

  /** `size` is the height and width of the images. */
  constructor(size: number, mostBytes = MOST_BYTES) {
    this.#size = size;
    this.#bytes = size * size * 3;
    this.#most = Math.min(MOST_IMAGES, Math.floor(mostBytes / this.#bytes));
  }

  /** Adds an image [size, size, 3]. Throws a `DataError` where there are too many. */
  add(path: string, image: Uint8Array): void {
    const { length: count } = this.paths;
    if (count >= this.#most) {
      const megabytes = Math.round((this.#most * this.#bytes) / 1e6);
      const problem = sentence('data.set.tooMany', { images: this.#most, size: this.#size, megabytes });
      // Where the number is the limit, smaller ones are as many.
      const isCount = this.#most === MOST_IMAGES;
      const remedy = isCount ? sentence('data.set.most', { most: MOST_IMAGES }) : sentence('data.set.fewer');
      throw new DataError(sentence('data.what.dataset'), problem, remedy);
    }
    const at = count % PIECE;
    if (at === 0) this.#pieces.push(new Uint8Array(PIECE * this.#bytes));
    this.#pieces.at(-1)?.set(image, at * this.#bytes);
    this.paths.push(path);
  }

  /** Copies of the chosen images, with the given labels. */
  labelled(chosen: readonly { readonly image: number; readonly label: number }[]): Labelled {
    const images = new Uint8Array(chosen.length * this.#bytes);
    for (const [at, { image }] of chosen.entries()) {
      const from = (image % PIECE) * this.#bytes;
      const piece = this.#pieces[Math.floor(image / PIECE)];
      if (piece !== undefined) images.set(piece.subarray(from, from + this.#bytes), at * this.#bytes);
    }
    return { images, labels: Uint8Array.from(chosen, ({ label }) => label) };
  }
}

/** Images in one piece of memory: 3 MB at 32 × 32. */
const PIECE = 1024;

/** Names in natural order: 2 before 10. */
export function sortedNames(names: Iterable<string>): readonly string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || compare(a, b));
}

/** Compares by UTF-16 code units, so that the order is the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
