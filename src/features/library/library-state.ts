import type { DatasetEntry, ImportPreview, TableOffer } from '../../core/data/library.ts';
import type { Phrase } from '../../language/sentence.ts';

/** What is decided of what was read before it is used. */
export interface UseWish {
  /** Null where no name was typed. */
  readonly name: string | null;
  /** Whether training images that are test images, too, are left out. */
  readonly withoutShared: boolean;
}

export interface LibraryState {
  /** A person's own data sets, by name. */
  readonly entries: readonly DatasetEntry[];
  /** The share of each class that is tested on, where the files have no test set. */
  readonly share: number;
  /** Whether it is asked to be seen. */
  readonly showing: boolean;
  /** How much of the files that were given is read, 0 to 1; null while none are. */
  readonly reading: number | null;
  /** Whether what is being read is a table, of which a part is enough. */
  readonly fetching: boolean;
  /** Whether it is being found out what a table has. */
  readonly looking: boolean;
  /** The splits and columns of the table that is looked up; null where none is. */
  readonly offer: TableOffer | null;
  /** What is in them, to be looked at before it is used. */
  readonly preview: ImportPreview | null;
  /** It holds as long as the same files are read, also at another size. */
  readonly wish: UseWish;
  /** Whether what was read is being kept, to be used. */
  readonly keeping: boolean;
  /** Why the last files could not be read. */
  readonly failure: Phrase | null;
  /** Why the last set lasts only until the tab is closed. */
  readonly unkept: Phrase | null;
}

/** Nothing is decided. */
export const NO_WISH: UseWish = { name: null, withoutShared: false };

/** Nothing was read, and nothing is told. */
export const NOTHING = { looking: false, offer: null, preview: null, failure: null, unkept: null };

export const INITIAL: LibraryState = {
  ...NOTHING,
  ...{ entries: [], share: 0.2, showing: false, reading: null, fetching: false, wish: NO_WISH, keeping: false },
};
