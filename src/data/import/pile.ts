import { MOST_IMAGES } from '../../spec/library.ts';
import { PICTURE_BYTES } from '../album.ts';
import { DataError } from '../error.ts';
import type { Labelled } from './raw-set.ts';

/** Images that come one by one with the name of their class, in memory that grows with them. */
export class Pile {
  readonly #pieces: Uint8Array[] = [];
  readonly #items: { readonly path: string; readonly label: string }[] = [];

  get count(): number {
    return this.#items.length;
  }

  /** Adds an image [32, 32, 3]. Throws a `DataError` where there are too many. */
  add(path: string, label: string, image: Uint8Array): void {
    if (this.count >= MOST_IMAGES) {
      throw new DataError('data set', `there are more than ${MOST_IMAGES} images`, 'leave some out');
    }
    const at = this.count % PIECE;
    if (at === 0) this.#pieces.push(new Uint8Array(PIECE * PICTURE_BYTES));
    this.#pieces.at(-1)?.set(image, at * PICTURE_BYTES);
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
    const images = new Uint8Array(order.length * PICTURE_BYTES);
    for (const [at, item] of order.entries()) {
      const from = (item % PIECE) * PICTURE_BYTES;
      const piece = this.#pieces[Math.floor(item / PIECE)];
      if (piece !== undefined) images.set(piece.subarray(from, from + PICTURE_BYTES), at * PICTURE_BYTES);
    }
    return { images, labels: Uint8Array.from(order, (item) => place.get(this.#items[item]?.label ?? '') ?? 0) };
  }
}

/** Images in one piece of memory: 3 MB. */
const PIECE = 1024;

export function inOrder(names: Iterable<string>): readonly string[] {
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }) || compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
