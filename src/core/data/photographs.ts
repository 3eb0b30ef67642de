import type { Phrase } from '../../language/sentence.ts';

/** A class that photographs are labelled with. Its index is that of the net's output. */
export interface PhotoClass {
  /** What it is called, the usual name first: "tench", "Tinca tinca". Empty where it has a number alone. */
  readonly names: readonly string[];
  /** WordNet id, such as "n01440764"; null if it has none. */
  readonly wordNet: string | null;
}

/** A text that stands for a class in the files and matches none, and the number of photographs under it. */
export interface UnknownLabel {
  readonly label: string;
  readonly photos: number;
}

/** A file that was left out, and why. */
export interface LeftOut {
  readonly path: string;
  readonly reason: Phrase;
}

/** Labelled photographs that a person gave. A photograph is known by its place in these lists. */
export interface PhotoSet {
  /** The archive's or the folder's. */
  readonly name: string;
  /** The classes, in the order of the net's outputs. */
  readonly classes: readonly PhotoClass[];
  /** Index of each photograph's class. */
  readonly labels: readonly number[];
  /** Path or row of each photograph. */
  readonly paths: readonly string[];
  /** Labels that match no class: those of the most photographs by name, and the number of all. Their photographs are not in the lists. */
  readonly unknown: { readonly named: readonly UnknownLabel[]; readonly labels: number; readonly photos: number };
  /** Files that are no photographs, or have no label: the first of them by name, and the number of all. */
  readonly leftOut: { readonly named: readonly LeftOut[]; readonly count: number };
  /** Whether the browser may give back other pixels of some of them than those that it decoded (`readsBackTrue`). */
  readonly noisy: boolean;
}

/** What a net says of a photograph: the likeliest classes first, at most `GUESSES`. */
export interface PhotoAnswer {
  readonly photo: number;
  readonly guesses: readonly number[];
}

/** A photograph that was not classified, and why: its bytes are none that decode, or, `isForNow`, could not be read. */
export interface UnreadPhoto {
  readonly photo: number;
  readonly reason: Phrase;
  readonly isForNow: boolean;
}

/** The answers for one batch of photographs. */
export interface PhotoBatch {
  readonly answers: readonly PhotoAnswer[];
  readonly unread: readonly UnreadPhoto[];
  /** Duration of the batch's forward pass; decoding is not counted. */
  readonly milliseconds: number;
}

/** A small picture of a photograph: RGB bytes, [size, size, 3]. */
export interface Thumbnail {
  readonly photo: number;
  readonly size: number;
  readonly pixels: Uint8Array;
}
