import type { DataSpec } from '../spec/experiment.ts';

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

export interface Split {
  /** RGB bytes, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** One class index an image. */
  readonly labels: Uint8Array;
}
