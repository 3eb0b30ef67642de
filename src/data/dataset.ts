import type { DataSpec } from '../core/experiment/experiment.ts';

/** Labelled images of one size, ready to be cut into batches. */
export interface Dataset {
  readonly spec: DataSpec;
  /** Height and width of every image. */
  readonly size: number;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  readonly train: Split;
  readonly test: Split;
}

/** Images of one size with their labels. */
export interface Split {
  /** RGB bytes, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** One class index an image. */
  readonly labels: Uint8Array;
}

/** A dataset whose images can be shown to people: training itself needs no more than a `Dataset`. */
export interface PicturedDataset extends Dataset {
  /** The images in the dataset's order, at full size whatever the dataset's own. */
  readonly pictures: { readonly train: Pictures; readonly test: Pictures };
}

/** The images of a split at full size, with a text alternative each. */
export interface Pictures {
  /** Height and width of every image. */
  readonly size: number;
  /** RGB bytes, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** Text alternative of each image: "grinning face". */
  readonly names: readonly string[];
}

/**
 * Data cannot be used. The message is one sentence: the data, the fault with its place, and what to do. For example
 * `data file: emoji.png is cut short (10 of 4,000 bytes); run "npm run data" or reload the page`.
 */
export class DataError extends Error {
  override readonly name: string = 'DataError';

  constructor(what: string, problem: string, remedy: string, cause?: unknown) {
    super(`${what}: ${problem}; ${remedy}`, cause === undefined ? {} : { cause });
  }
}
