import { concatBytes } from '../../core/bytes.ts';
import { LARGEST_IMAGE, type Picture, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import {
  type DatasetEntry,
  datasetTitle,
  type ImportPreview,
  type KeepResult,
  type ReadRequest,
  type ReadResult,
  type SetChoice,
  type TableOffer,
} from '../../core/data/library.ts';
import type { KeptWeights } from '../../core/data/pretrained.ts';
import type { SavedRun, SavedSession, SessionSummary } from '../../core/results/run.ts';
import { listTables } from '../../data/hub/hub.ts';
import { findData, sourceName } from '../../data/import/dataset-importer.ts';
import type { DecodeImage } from '../../data/import/decode-image.ts';
import { readImageFile } from '../../data/import/image-file.ts';
import { contentHash, packDataset } from '../../data/import/packed-dataset.ts';
import { importPreview, withoutShared } from '../../data/import/preview.ts';
import { fitted, squareOf } from '../../data/import/resize.ts';
import type { FoundData } from '../../data/import/sets/found-data.ts';
import { checkUsable, countOf, type ImportedDataset } from '../../data/import/sets/imported-dataset.ts';
import { folderOf, type TableFolder } from '../../data/import/tables/table-files.ts';
import { TableReader } from '../../data/import/tables/table-reader.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import { StorageError } from '../../store/database.ts';
import type { DatasetStore } from '../../store/datasets.ts';
import type { RunStore } from '../../store/runs.ts';
import type { WeightStore } from '../../store/weights.ts';
import { type Call, type RequestOf, throttleProgress, Withdrawn } from '../rpc.ts';
import type { LibraryApi } from './api.ts';

type Request<Method extends keyof LibraryApi> = RequestOf<LibraryApi, Method>;

/** Size limit for the bytes of a table that stay in memory for the next read, once its images are in use. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

export interface LibraryOptions {
  readonly datasets: DatasetStore;
  readonly runs: RunStore;
  readonly weights: WeightStore;
  readonly decodeImage: DecodeImage;
  /** Whether this browser adds noise to decoded images, except PNGs. */
  readonly noisy?: boolean;
}

/** The library worker: reads the user's files and stores the data sets in them. */
export class Library implements LibraryApi {
  readonly #options: LibraryOptions;
  #inHand: ImportedDataset | null = null;
  /** The files that were read last, from which `arrange` builds another data set. */
  #found: { readonly name: string; readonly data: FoundData } | null = null;
  /** The table that was looked up last, with the part that was read. */
  #table: { readonly name: string; readonly reader: TableReader } | null = null;
  #reading = new AbortController();
  #enough = new AbortController();
  /** Data sets that could not be stored, listed until the worker ends. */
  readonly #unkept = new Map<string, DatasetEntry>();

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly DatasetEntry[]> {
    const kept = await this.#options.datasets.list();
    const hashes = new Set(kept.map(({ hash }) => hash));
    return [...kept, ...[...this.#unkept.values()].filter(({ hash }) => !hashes.has(hash))];
  }

  async read({ files, split, size, choice = {} }: ReadRequest, call: Call<number>): Promise<ReadResult> {
    const before = this.#found;
    const signal = this.#begin(call.signal);
    // Where these are not read to their end, `arrange` builds a set from the ones before.
    this.#found = before;
    const onProgress = throttleProgress(call.onProgress);
    const { decodeImage } = this.#options;
    const data = await findData(files, { size, decodeImage, onProgress, split, signal });
    signal.throwIfAborted();
    this.#found = { name: sourceName(files), data };
    return this.#arrange(choice, signal);
  }

  async arrange({ choice }: Request<'arrange'>, { signal }: Pick<Call, 'signal'>): Promise<ReadResult> {
    return this.#arrange(choice, signal);
  }

  async lookUp({ dataset }: Request<'lookUp'>, call: Pick<Call, 'signal'>): Promise<TableOffer> {
    const signal = this.#begin(call.signal);
    if (this.#table?.name === dataset) return this.#opened().reader.offer({}, signal);
    return this.#lookInto(await listTables(dataset, { signal }), signal);
  }

  async choose({ choice }: Request<'choose'>, { signal }: Pick<Call, 'signal'>): Promise<TableOffer> {
    return this.#opened().reader.offer(choice, this.#begin(signal));
  }

  async fetch({ choice, split }: Request<'fetch'>, call: Call<number>): Promise<ImportPreview> {
    const signal = this.#begin(call.signal);
    const { name, reader } = this.#opened();
    const { train, test } = await reader.offer(choice, signal);
    const onProgress = throttleProgress(call.onProgress);
    const set = await reader.read(choice, { split, signal, enough: this.#enough.signal, onProgress });
    checkUsable(set, name);
    this.#inHand = set;
    const count = countOf(set.train) + countOf(set.test);
    const isWhole = count + set.skipped.count >= train.rows + (test?.rows ?? 0);
    // A name is kept, whatever language is spoken then.
    const title = isWhole ? datasetTitle(name) : `${datasetTitle(name)} (${count.toLocaleString('en')})`;
    return importPreview(set, title, this.#options.noisy);
  }

  async enough(): Promise<void> {
    this.#enough.abort();
  }

  async putAway(): Promise<void> {
    this.#putAway();
  }

  async picture({ file: { path, blob }, hash }: Request<'picture'>): Promise<Picture> {
    const image = await this.#options.decodeImage(await readImageFile(blob, path), path);
    const entry = (await this.list()).find((each) => each.hash === hash);
    // Resized twice, it would be blurred: the nets of a set are given what the set has of a file.
    const size = entry === undefined ? LARGEST_IMAGE : (entry.size ?? USUAL_PICTURE_SIZE);
    const isFitted = entry?.kind === 'IDX' || entry?.kind === 'Parquet';
    return { name: path, size, rgb: isFitted ? fitted(image, size) : squareOf(image, size) };
  }

  async delete({ hash }: Request<'delete'>): Promise<readonly DatasetEntry[]> {
    this.#unkept.delete(hash);
    await this.#options.datasets.remove(hash);
    return this.list();
  }

  weights(): Promise<readonly KeptWeights[]> {
    return this.#options.weights.list();
  }

  async deleteWeights({ repository }: Request<'deleteWeights'>): Promise<readonly KeptWeights[]> {
    await this.#options.weights.remove(repository);
    return this.weights();
  }

  save({ session }: Request<'save'>): Promise<void> {
    return this.#options.runs.save(session);
  }

  runs(): Promise<readonly SavedRun[]> {
    return this.#options.runs.list();
  }

  async addRun({ run }: Request<'addRun'>): Promise<readonly SavedRun[]> {
    await this.#options.runs.add(run);
    return this.runs();
  }

  async renameRun({ run, name }: Request<'renameRun'>): Promise<readonly SavedRun[]> {
    await this.#options.runs.rename(run, name);
    return this.runs();
  }

  async deleteRun({ id }: Request<'deleteRun'>): Promise<readonly SavedRun[]> {
    await this.#options.runs.remove(id);
    return this.runs();
  }

  sessions(): Promise<readonly SessionSummary[]> {
    return this.#options.runs.sessions();
  }

  session({ tab }: Request<'session'>): Promise<SavedSession | null> {
    return this.#options.runs.session(tab);
  }

  leave({ tab }: Request<'leave'>): Promise<void> {
    return this.#options.runs.leave(tab);
  }

  #putAway(): void {
    this.#reading.abort(new Withdrawn());
    this.#inHand = null;
    this.#found = null;
  }

  /** Cancels the previous reading; returns the signal of the new one. */
  #begin(signal: AbortSignal): AbortSignal {
    this.#putAway();
    this.#enough = new AbortController();
    const reading = new AbortController();
    this.#reading = reading;
    if (signal.aborted) reading.abort(signal.reason);
    signal.addEventListener('abort', () => reading.abort(signal.reason));
    return reading.signal;
  }

  /** Builds the chosen data set from the files. */
  async #arrange(choice: SetChoice, signal: AbortSignal): Promise<ReadResult> {
    if (this.#found === null) throw new SaidError(sentence('errors.none.data'));
    const { name, data } = this.#found;
    const opened = data.open(choice);
    if (opened.type === 'table')
      return { type: 'table', offer: await this.#lookInto(folderOf(opened.files, name), signal) };
    this.#inHand = opened.set;
    return { type: 'images', preview: importPreview(opened.set, name, this.#options.noisy) };
  }

  #lookInto(folder: TableFolder, signal: AbortSignal): Promise<TableOffer> {
    const reader = new TableReader(folder, this.#options.decodeImage);
    this.#table = { name: folder.name, reader };
    return reader.offer({}, signal);
  }

  #opened() {
    if (this.#table === null) throw new SaidError(sentence('errors.none.table'));
    return this.#table;
  }

  async keep({ name, ...request }: Request<'keep'>, { transfer }: Pick<Call, 'transfer'>): Promise<KeepResult> {
    const inHand = this.#inHand;
    if (inHand === null) throw new SaidError(sentence('errors.none.data'));
    const set = request.withoutShared === true ? withoutShared(inHand) : inHand;
    checkUsable(set, name);
    const pieces = packDataset(set);
    const hash = await contentHash(pieces);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const { kind, size, classes } = set;
    const entry = {
      name,
      hash,
      kind,
      size,
      classes,
      train: countOf(set.train),
      test: countOf(set.test),
      bytes,
      kept: true,
    };
    /** Other files may be read meanwhile, whose set stays. */
    const isOpen = () => this.#inHand === inHand;
    try {
      await this.#options.datasets.keep(entry, pieces);
      this.#unkept.delete(hash);
      // There is no room for a second copy of a large set, in case more of it is wanted.
      if (isOpen() && bytes > MOST_KEPT_BYTES) this.#table = null;
      if (isOpen()) this.#putAway();
      return { entry, unkept: null };
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      const whole = concatBytes(pieces);
      if (isOpen()) this.#putAway();
      const lent = { ...entry, kept: false };
      this.#unkept.set(hash, lent);
      transfer(whole.buffer);
      return { entry: lent, unkept: { bytes: whole, reason: error.sentence } };
    }
  }
}
