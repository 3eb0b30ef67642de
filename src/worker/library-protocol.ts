import type { PictureSize } from '../spec/image-sizes.ts';
import type { KeptWeights } from '../spec/kept-weights.ts';
import type { DatasetEntry, SetChoice, Survey, TableChoice, TableOffer } from '../spec/library.ts';
import type { Picture } from '../spec/report.ts';
import type { KeptRun, Standing, StandingSummary } from '../spec/run.ts';
import type { Failure } from './protocol.ts';

/** A file of a person's, with the folders that it lay in. */
export interface PersonsFile {
  readonly path: string;
  readonly blob: Blob;
}

/** How a set without test images of its own is split. */
export interface SplitWish {
  /** The share of each class that is tested on, 0 to 1. */
  readonly share: number;
  readonly seed: number;
}

/** What the page asks of the librarian, the worker that reads and keeps a person's own data sets. */
export type LibraryCommand =
  | { readonly ask: 'list' }
  /** Reads files and tells what is in them, of tables what can be read of them. They are in hand until others are read. */
  | {
      readonly ask: 'read';
      readonly files: readonly PersonsFile[];
      readonly split: SplitWish;
      /** Pixels a side that image files are made. */
      readonly size: PictureSize;
      readonly choice?: SetChoice;
    }
  /** Makes another data set of the files that were read last. */
  | { readonly ask: 'arrange'; readonly choice: SetChoice }
  /** Asks Hugging Face for a data set, "owner/name", and tells what can be read of it. */
  | { readonly ask: 'lookUp'; readonly dataset: string }
  /** Tells it again with something else chosen. */
  | { readonly ask: 'choose'; readonly choice: TableChoice }
  /** Reads what was chosen of that table, which is then in hand. */
  | { readonly ask: 'fetch'; readonly choice: TableChoice; readonly split: SplitWish }
  /** One image, to be looked at. */
  | { readonly ask: 'image'; readonly file: PersonsFile }
  /** Keeps what is in hand under this name. */
  | {
      readonly ask: 'keep';
      readonly name: string;
      /** Whether training images that are test images, too, are left out. */
      readonly withoutShared?: boolean;
    }
  | { readonly ask: 'delete'; readonly hash: string }
  /** The files of weights that are kept, whole or not. */
  | { readonly ask: 'weights' }
  | { readonly ask: 'deleteWeights'; readonly repository: string }
  /** Keeps a race and where it stands, both or neither. */
  | { readonly ask: 'save'; readonly standing: Standing }
  /** Keeps a run from elsewhere. */
  | { readonly ask: 'addRun'; readonly run: KeptRun }
  | { readonly ask: 'runs' }
  | { readonly ask: 'renameRun'; readonly id: string; readonly name: string }
  | { readonly ask: 'deleteRun'; readonly id: string }
  /** Where tabs stood when they last kept their race, newest first. */
  | { readonly ask: 'standings' }
  | { readonly ask: 'standing'; readonly tab: string }
  | { readonly ask: 'leave'; readonly tab: string };

export type LibraryAnswer =
  | { readonly of: 'list' | 'delete'; readonly entries: readonly DatasetEntry[] }
  | { readonly of: 'read'; readonly survey: Survey }
  | { readonly of: 'offer'; readonly offer: TableOffer }
  | { readonly of: 'weights'; readonly weights: readonly KeptWeights[] }
  /** Newest first. */
  | { readonly of: 'runs'; readonly runs: readonly KeptRun[] }
  | { readonly of: 'image'; readonly picture: Picture }
  | { readonly of: 'save' | 'leave' }
  | { readonly of: 'standings'; readonly standings: readonly StandingSummary[] }
  | { readonly of: 'standing'; readonly standing: Standing | null }
  /** Where the browser does not keep it, the packed bytes, and why. */
  | {
      readonly of: 'keep';
      readonly entry: DatasetEntry;
      readonly unkept: { readonly bytes: Uint8Array; readonly reason: string } | null;
    };

export type ToLibrary =
  | { readonly id: number; readonly command: LibraryCommand }
  /** What is being read is not wanted any more. */
  | { readonly cancel: true }
  /** What was fetched so far is enough. */
  | { readonly enough: true };

export type FromLibrary =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly id: number; readonly answer: LibraryAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
