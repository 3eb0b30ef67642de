import { MOST_IMAGES } from '../../spec/library.ts';
import { DataError } from '../error.ts';
import { type Labelled, MOST_BYTES } from './raw-set.ts';

/** Images of one size that come one by one with the name of their class, in memory that grows with them. */
export class Pile {
  readonly #size: number;
  readonly #bytes: number;
  readonly #most: number;
  readonly #pieces: Uint8Array[] = [];
  readonly #items: { readonly path: string; readonly label: string }[] = [];

  /** `size` is their height and width. */
  constructor(size: number, mostBytes = MOST_BYTES) {
    this.#size = size;
    this.#bytes = size * size * 3;
    this.#most = Math.min(MOST_IMAGES, Math.floor(mostBytes / this.#bytes));
  }

  get count(): number {
    return this.#items.length;
  }

  /** Adds an image [size, size, 3]. Throws a `DataError` where there are too many. */
  add(path: string, label: string, image: Uint8Array): void {
    if (this.count >= this.#most) {
      const megabytes = Math.round((this.#most * this.#bytes) / 1e6);
      const what = `${this.#most} images of ${this.#size} × ${this.#size} pixels, which take ${megabytes} MB`;
      throw new DataError('data set', `there are more than ${what}`, 'leave some out or make them smaller');
    }
    const at = this.count % PIECE;
    if (at === 0) this.#pieces.push(new Uint8Array(PIECE * this.#bytes));
    this.#pieces.at(-1)?.set(image, at * this.#bytes);
    this.#items.push({ path, label });
  }

  /** The names of the classes, in the order of people: 2 before 10. */
  labels(): readonly string[] {
    return inOrder(new Set(this.#items.map(({ label }) => label)));
  }

  /** All images in the order of their paths, so that it does not matter in which order they came. */
  labelled(classes: readonly string[]): Labelled {
    const place = new Map(classes.map((name, index) => [name, index]));
    const order = [...this.#items.keys()].sort((a, b) =>
      compare(this.#items[a]?.path ?? '', this.#items[b]?.path ?? ''),
    );
    const images = new Uint8Array(order.length * this.#bytes);
    for (const [at, item] of order.entries()) {
      const from = (item % PIECE) * this.#bytes;
      const piece = this.#pieces[Math.floor(item / PIECE)];
      if (piece !== undefined) images.set(piece.subarray(from, from + this.#bytes), at * this.#bytes);
    }
    return { images, labels: Uint8Array.from(order, (item) => place.get(this.#items[item]?.label ?? '') ?? 0) };
  }
}

/** Images in one piece of memory: 3 MB at 32 × 32. */
const PIECE = 1024;

export function inOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
