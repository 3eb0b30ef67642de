import { listTables } from '../data/hub/list-tables.ts';
import type { DecodeImage } from '../data/import/decode-image.ts';
import { withoutShared } from '../data/import/duplicates.ts';
import type { FoundData } from '../data/import/found-data.ts';
import { findData, sourceName } from '../data/import/import-files.ts';
import { contentHash, pack } from '../data/import/pack.ts';
import { checkUsable, countOf, type RawSet } from '../data/import/raw-set.ts';
import { squareOf } from '../data/import/resize.ts';
import { surveyOf } from '../data/import/survey.ts';
import { folderOf, type TableFolder } from '../data/import/table-folder.ts';
import { TableReader } from '../data/import/table-reader.ts';
import { titleOf } from '../spec/hub-sets.ts';
import { LARGEST_IMAGE } from '../spec/image-sizes.ts';
import type { DatasetEntry, SetChoice, TableChoice } from '../spec/library.ts';
import type { Datasets } from '../store/datasets.ts';
import { StorageError } from '../store/error.ts';
import type { Runs } from '../store/runs.ts';
import type { WeightFiles } from '../store/weights.ts';
import type { LibraryAnswer, LibraryCommand, SplitWish } from './library-protocol.ts';
import { rarely } from './rarely.ts';

/** Of what was read of a table for the next time, once it is in use. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

export interface LibraryOptions {
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly weights: WeightFiles;
  readonly decodeImage: DecodeImage;
  /** Whether decoding adds noise to images but for PNGs. */
  readonly noisy?: boolean;
  readonly onProgress: (fraction: number) => void;
}

/** Reads a person's files and keeps the data sets in them. */
export class Library {
  readonly #options: LibraryOptions;
  #inHand: RawSet | null = null;
  /** The files that were read last, from which it is made in another way. */
  #found: { readonly name: string; readonly data: FoundData } | null = null;
  /** What was looked up last, with what was read of it. */
  #table: { readonly name: string; readonly reader: TableReader } | null = null;
  #reading = new AbortController();
  #enough = new AbortController();
  /** What the browser does not keep is listed while this lasts. */
  readonly #unkept = new Map<string, DatasetEntry>();

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Does what is asked. Rejects with a named error. */
  async do(command: LibraryCommand): Promise<LibraryAnswer> {
    const { datasets, runs, weights } = this.#options;
    switch (command.ask) {
      case 'list':
        return { of: 'list', entries: await this.#list() };
      case 'read': {
        const signal = this.#begin();
        const { files, split, size } = command;
        const { decodeImage, onProgress } = this.#options;
        const options = { size, decodeImage, onProgress: rarely(onProgress), split, signal };
        this.#found = { name: sourceName(files), data: await findData(files, options) };
        return this.#arrange(command.choice ?? {});
      }
      case 'arrange':
        return this.#arrange(command.choice);
      case 'lookUp': {
        const signal = this.#begin();
        if (this.#table?.name === command.dataset) return this.#offer({}, signal);
        return this.#lookInto(await listTables(command.dataset, { signal }), signal);
      }
      case 'choose':
        return this.#offer(command.choice, this.#begin());
      case 'fetch':
        return this.#fetch(command.choice, command.split, this.#begin());
      case 'image': {
        const { path, blob } = command.file;
        const image = await this.#options.decodeImage(new Uint8Array(await blob.arrayBuffer()), path);
        return { of: 'image', picture: { name: path, size: LARGEST_IMAGE, rgb: squareOf(image, LARGEST_IMAGE) } };
      }
      case 'keep':
        return this.#keep(command.name, command.withoutShared ?? false);
      case 'delete':
        this.#unkept.delete(command.hash);
        await datasets.remove(command.hash);
        return { of: 'delete', entries: await this.#list() };
      case 'weights':
        return { of: 'weights', weights: await weights.list() };
      case 'deleteWeights':
        await weights.remove(command.repository);
        return { of: 'weights', weights: await weights.list() };
      case 'save':
        await runs.save(command.standing);
        return { of: 'save' };
      case 'addRun':
        await runs.add(command.run);
        return { of: 'runs', runs: await runs.list() };
      case 'runs':
        return { of: 'runs', runs: await runs.list() };
      case 'renameRun':
        await runs.rename(command.id, command.name);
        return { of: 'runs', runs: await runs.list() };
      case 'deleteRun':
        await runs.remove(command.id);
        return { of: 'runs', runs: await runs.list() };
      case 'standings':
        return { of: 'standings', standings: await runs.standings() };
      case 'standing':
        return { of: 'standing', standing: await runs.standing(command.tab) };
      case 'leave':
        await runs.leave(command.tab);
        return { of: 'leave' };
      default:
        return command satisfies never;
    }
  }

  /** What is being read is not wanted any more. */
  cancel(): void {
    this.#reading.abort(new Cancelled());
  }

  /** What was fetched so far is enough. */
  enough(): void {
    this.#enough.abort();
  }

  /** Begins to read something else than before; what is given is aborted when it is not wanted any more. */
  #begin(): AbortSignal {
    this.cancel();
    this.#inHand = null;
    this.#found = null;
    this.#enough = new AbortController();
    this.#reading = new AbortController();
    return this.#reading.signal;
  }

  /** Makes a data set of what was found, in the way that is chosen. */
  async #arrange(choice: SetChoice): Promise<LibraryAnswer> {
    if (this.#found === null) throw new Error('data set: none is in hand; give its files again');
    const { name, data } = this.#found;
    const tables = data.tables(choice);
    if (tables !== null) return this.#lookInto(folderOf(tables, name), this.#begin());
    const set = data.arrange(choice);
    this.#inHand = set;
    return { of: 'read', survey: surveyOf(set, name, this.#options.noisy) };
  }

  async #lookInto(folder: TableFolder, signal: AbortSignal): Promise<LibraryAnswer> {
    this.#table = { name: folder.name, reader: new TableReader(folder, this.#options.decodeImage) };
    return this.#offer({}, signal);
  }

  async #offer(wish: Partial<TableChoice>, signal: AbortSignal): Promise<LibraryAnswer> {
    return { of: 'offer', offer: await this.#opened().reader.offer(wish, signal) };
  }

  async #fetch(choice: TableChoice, split: SplitWish, signal: AbortSignal): Promise<LibraryAnswer> {
    const { name, reader } = this.#opened();
    const { train, test } = await reader.offer(choice, signal);
    const onProgress = rarely(this.#options.onProgress);
    const set = await reader.read(choice, { split, signal, enough: this.#enough.signal, onProgress });
    checkUsable(set, name);
    this.#inHand = set;
    const count = countOf(set.train) + countOf(set.test);
    const isWhole = count + set.odd.count >= train.rows + (test?.rows ?? 0);
    const title = isWhole ? titleOf(name) : `${titleOf(name)}, ${count.toLocaleString('en')} images`;
    return { of: 'read', survey: surveyOf(set, title, this.#options.noisy) };
  }

  #opened() {
    if (this.#table === null) throw new Error('data set: none is looked up; look it up again');
    return this.#table;
  }

  async #list(): Promise<readonly DatasetEntry[]> {
    return [...(await this.#options.datasets.list()), ...this.#unkept.values()];
  }

  async #keep(name: string, isWithoutShared: boolean): Promise<LibraryAnswer> {
    if (this.#inHand === null) throw new Error('data set: none is in hand; give its files again');
    const set = isWithoutShared ? withoutShared(this.#inHand) : this.#inHand;
    checkUsable(set, name);
    const pieces = pack(set);
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
    try {
      await this.#options.datasets.keep(entry, pieces);
      this.#inHand = null;
      this.#found = null;
      // Of a large set there is no room for a second copy, in case more of it is wanted.
      if (bytes > MOST_KEPT_BYTES) this.#table = null;
      return { of: 'keep', entry, unkept: null };
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      const whole = new Uint8Array(bytes);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      this.#inHand = null;
      this.#found = null;
      const lent = { ...entry, kept: false };
      this.#unkept.set(hash, lent);
      return { of: 'keep', entry: lent, unkept: { bytes: whole, reason: error.message } };
    }
  }
}

/** What was read was not wanted any more. */
class Cancelled extends Error {
  override readonly name = 'Cancelled';
  override readonly message = 'data set: reading it was cancelled';
}
