import type { GivenFile } from '../../core/data/given-file.ts';
import type { Picture } from '../../core/data/images.ts';
import type {
  DatasetEntry,
  ImportPreview,
  KeepResult,
  ReadRequest,
  ReadResult,
  SetChoice,
  SplitWish,
  TableChoice,
  TableOffer,
} from '../../core/data/library.ts';
import type { KeptWeights } from '../../core/data/pretrained.ts';
import type { SavedRun, SavedSession, SessionSummary } from '../../core/results/run.ts';
import type { Call } from '../rpc.ts';

/** The API of the library worker, which reads and stores the user's own data sets, runs and weights. */
export interface LibraryApi {
  list(): Promise<readonly DatasetEntry[]>;
  /**
   * Reads files: images at once, tables only as far as their columns. The result stays open until other files are read; until
   * then, and where that fails or is cancelled, `arrange` builds data sets from the files before.
   */
  read(request: ReadRequest, call: Call<number>): Promise<ReadResult>;
  /**
   * Builds another data set from the same files: another one of those found, or with classes at another folder level.
   */
  arrange(request: { readonly choice: SetChoice }, call: Call): Promise<ReadResult>;
  /** Asks Hugging Face for a data set, "owner/name". */
  lookUp(request: { readonly dataset: string }, call: Call): Promise<TableOffer>;
  /** The offer with another choice of splits, columns or count. */
  choose(request: { readonly choice: TableChoice }, call: Call): Promise<TableOffer>;
  /**
   * Reads the chosen part of that table, which is then the open data set; after `enough`, only what was read so far.
   */
  fetch(
    request: { readonly choice: TableChoice; readonly split: SplitWish },
    call: Call<number>,
  ): Promise<ImportPreview>;
  enough(): Promise<void>;
  /** Ends what is being read and drops the open data set with the images that it was made of. */
  putAway(): Promise<void>;
  /** Decodes one image file, and makes of it what an image of the user's data set of this hash is made of one. */
  picture(request: { readonly file: GivenFile; readonly hash: string | null }): Promise<Picture>;
  /** Stores the open data set under this name; `withoutShared` drops training images that are also test images. */
  keep(request: { readonly name: string; readonly withoutShared?: boolean }, call: Call): Promise<KeepResult>;
  delete(request: { readonly hash: string }): Promise<readonly DatasetEntry[]>;
  /** The stored files of weights, complete or partial. */
  weights(): Promise<readonly KeptWeights[]>;
  deleteWeights(request: { readonly repository: string }): Promise<readonly KeptWeights[]>;
  /** Stores a race's run and the state to resume it from, in one transaction. */
  save(request: { readonly session: SavedSession }): Promise<void>;
  /** The stored runs, newest first. */
  runs(): Promise<readonly SavedRun[]>;
  addRun(request: { readonly run: SavedRun }): Promise<readonly SavedRun[]>;
  /** Names a run, and stores it where it is not. */
  renameRun(request: { readonly run: SavedRun; readonly name: string }): Promise<readonly SavedRun[]>;
  deleteRun(request: { readonly id: string }): Promise<readonly SavedRun[]>;
  /** The saved sessions of all tabs, newest first. */
  sessions(): Promise<readonly SessionSummary[]>;
  session(request: { readonly tab: string }): Promise<SavedSession | null>;
  leave(request: { readonly tab: string }): Promise<void>;
}
