import type { Picture } from './report.ts';

/** A data set of a person's own, as the browser keeps it. */
export interface DatasetEntry {
  readonly name: string;
  /** Of its content: the same images, the same hash, wherever they came from. */
  readonly hash: string;
  /** What its files were: "CIFAR-10", "IDX", "images". */
  readonly kind: string;
  readonly classes: readonly string[];
  readonly train: number;
  readonly test: number;
  /** Bytes that it takes. */
  readonly bytes: number;
  /** Whether it is still there when the tab is closed. */
  readonly kept: boolean;
}

/** What was found in a person's files, to be looked at before it is used. */
export interface Survey {
  readonly name: string;
  readonly kind: string;
  readonly train: number;
  readonly test: number;
  readonly bytes: number;
  readonly classes: readonly SurveyedClass[];
  /** The first of the files that cannot be used. */
  readonly odd: readonly { readonly path: string; readonly reason: string }[];
  readonly oddCount: number;
}

export interface SurveyedClass {
  readonly name: string;
  readonly train: number;
  readonly test: number;
  readonly samples: readonly Picture[];
}
