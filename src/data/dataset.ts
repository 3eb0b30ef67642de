import type { DataSpec } from '../core/experiment/experiment.ts';
import { printable } from '../core/quote.ts';
import { type Phrase, phraseOf, SaidError, type Sentence, sentence } from '../language/sentence.ts';

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

/** Number of images of each class in all parts. */
export function classCounts(parts: readonly Pick<Split, 'labels'>[], classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { labels } of parts) for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

/** A dataset whose images can be shown to people: training itself needs no more than a `Dataset`. */
export interface PicturedDataset extends Dataset {
  /** The images in the dataset's order, at the size at which they are stored. */
  readonly pictures: { readonly train: Pictures; readonly test: Pictures };
}

/** The images of a split at the size at which they are stored, with a text alternative each. */
export interface Pictures {
  /** Height and width of every image. */
  readonly size: number;
  /** RGB bytes, [count, size, size, 3]. */
  readonly images: Uint8Array;
  /** Text alternative of each image: "grinning face". */
  readonly names: readonly string[];
  /** Some of the images larger, to be shown: RGB bytes, [size, size, 3], by the image's number. */
  readonly shown?: { readonly size: number; readonly images: ReadonlyMap<number, Uint8Array> };
}

/**
 * Data cannot be used. The message is one sentence: the data, the fault with its place, and what to do. For example
 * `data file: emoji-2-16.tiles is cut short (10 of 4,000 bytes); run "npm run data" or reload the page`.
 */
export class DataError extends SaidError {
  override readonly name: string = 'DataError';

  constructor(what: Phrase, problem: Phrase, remedy: Phrase, cause?: unknown) {
    super(sentence('errors.data', { what, problem, remedy }), cause === undefined ? {} : { cause });
  }
}

/** Something that has a name cannot be used. */
export class NamedDataError extends DataError {
  /** What is wrong and what to do, for where the name stands already: "does not decode; leave it out or save it again". */
  readonly reason: Sentence;

  constructor(what: Phrase, name: Phrase, problem: Phrase, remedy: Phrase, cause?: unknown) {
    super(what, named(calledBy(name), problem), remedy, cause);
    this.reason = sentence('data.withRemedy', { problem, remedy });
  }
}

/** Why a file or a row is left out, said behind its name. */
export function reasonOf(error: unknown): Phrase {
  return error instanceof NamedDataError ? error.reason : phraseOf(error);
}

/** A name from outside as a sentence uses it; what is a sentence already, such as "row 5 of x", stays. */
export function calledBy(name: Phrase): Phrase {
  return typeof name === 'string' ? printable(name) : name;
}

/** A problem with the name of what has it before it: "photos.zip is encrypted". */
export function named(name: Phrase, problem: Phrase): Sentence {
  return sentence('data.named', { name, problem });
}
