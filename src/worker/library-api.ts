import type { PictureSize } from '../spec/image-sizes.ts';
import type { KeptWeights } from '../spec/kept-weights.ts';
import type { DatasetEntry, Survey, TableChoice, TableOffer } from '../spec/library.ts';
import type { Picture } from '../spec/report.ts';
import type { KeptRun, Standing, StandingSummary } from '../spec/run.ts';
import type { Call } from './rpc.ts';

/** What the page asks of the librarian, the worker that reads and keeps a person's own data sets, and keeps runs. */
export interface LibraryApi {
  list(): Promise<readonly DatasetEntry[]>;
  /** Finds out what is in files, of tables what can be read of them; it is in hand until other files are read. */
  read(request: ReadRequest, call: Call<number>): Promise<Found>;
  /** Asks Hugging Face for a data set, "owner/name". */
  lookUp(request: { readonly dataset: string }, call: Call): Promise<TableOffer>;
  /** The offer with something else chosen. */
  choose(request: { readonly choice: TableChoice }, call: Call): Promise<TableOffer>;
  /** Reads what is chosen of that table, which is then in hand; with a share of it after `enough`. */
  fetch(request: { readonly choice: TableChoice; readonly split: SplitWish }, call: Call<number>): Promise<Survey>;
  enough(): Promise<void>;
  /** One image, to be looked at. */
  picture(request: { readonly file: PersonsFile }): Promise<Picture>;
  /** Keeps what is in hand under this name. */
  keep(request: { readonly name: string }, call: Call): Promise<Kept>;
  delete(request: { readonly hash: string }): Promise<readonly DatasetEntry[]>;
  /** The files of weights that are kept, whole or not. */
  weights(): Promise<readonly KeptWeights[]>;
  deleteWeights(request: { readonly repository: string }): Promise<readonly KeptWeights[]>;
  /** Keeps a race and where it stands, both or neither. */
  save(request: { readonly standing: Standing }): Promise<void>;
  /** Runs are told newest first. */
  runs(): Promise<readonly KeptRun[]>;
  addRun(request: { readonly run: KeptRun }): Promise<readonly KeptRun[]>;
  renameRun(request: { readonly id: string; readonly name: string }): Promise<readonly KeptRun[]>;
  deleteRun(request: { readonly id: string }): Promise<readonly KeptRun[]>;
  /** Where tabs stood when they last kept their race, newest first. */
  standings(): Promise<readonly StandingSummary[]>;
  standing(request: { readonly tab: string }): Promise<Standing | null>;
  leave(request: { readonly tab: string }): Promise<void>;
}

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

export interface ReadRequest {
  readonly files: readonly PersonsFile[];
  readonly split: SplitWish;
  /** Pixels a side that image files are made. */
  readonly size: PictureSize;
}

/** Images are read at once, of tables it is chosen first what to read. */
export type Found =
  | { readonly type: 'images'; readonly survey: Survey }
  | { readonly type: 'table'; readonly offer: TableOffer };

/** A data set and, where the browser does not keep it, its packed bytes, and why. */
export interface Kept {
  readonly entry: DatasetEntry;
  readonly unkept: { readonly bytes: Uint8Array<ArrayBuffer>; readonly reason: string } | null;
}
