import { PICTURE_SIZE } from '../data/album.ts';
import type { DecodeImage } from '../data/import/decode-image.ts';
import { importFiles, sourceName } from '../data/import/import-files.ts';
import { contentHash, pack } from '../data/import/pack.ts';
import { countOf, type RawSet } from '../data/import/raw-set.ts';
import { squareOf } from '../data/import/resize.ts';
import { surveyOf } from '../data/import/survey.ts';
import type { DatasetEntry } from '../spec/library.ts';
import type { Datasets } from '../store/datasets.ts';
import { StorageError } from '../store/error.ts';
import type { Runs } from '../store/runs.ts';
import type { LibraryAnswer, LibraryCommand } from './library-protocol.ts';
import { rarely } from './rarely.ts';

export interface LibraryOptions {
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly decodeImage: DecodeImage;
  readonly onProgress: (fraction: number) => void;
}

/** Reads a person's files and keeps the data sets in them. */
export class Library {
  readonly #options: LibraryOptions;
  #inHand: RawSet | null = null;
  #reading = new AbortController();
  /** What the browser does not keep is listed while this lasts. */
  readonly #unkept = new Map<string, DatasetEntry>();

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Does what is asked. Rejects with a named error. */
  async do(command: LibraryCommand): Promise<LibraryAnswer> {
    const { datasets, runs } = this.#options;
    switch (command.ask) {
      case 'list':
        return { of: 'list', entries: await this.#list() };
      case 'read': {
        this.cancel();
        this.#reading = new AbortController();
        const { files, split } = command;
        const { decodeImage, onProgress } = this.#options;
        this.#inHand = null;
        const options = { decodeImage, onProgress: rarely(onProgress), split, signal: this.#reading.signal };
        this.#inHand = await importFiles(files, options);
        return { of: 'read', survey: surveyOf(this.#inHand, sourceName(files)) };
      }
      case 'image': {
        const { path, blob } = command.file;
        const image = await this.#options.decodeImage(new Uint8Array(await blob.arrayBuffer()), path);
        return { of: 'image', picture: { name: path, size: PICTURE_SIZE, rgb: squareOf(image, PICTURE_SIZE) } };
      }
      case 'keep':
        return this.#keep(command.name);
      case 'delete':
        this.#unkept.delete(command.hash);
        await datasets.remove(command.hash);
        return { of: 'delete', entries: await this.#list() };
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

  async #list(): Promise<readonly DatasetEntry[]> {
    return [...(await this.#options.datasets.list()), ...this.#unkept.values()];
  }

  async #keep(name: string): Promise<LibraryAnswer> {
    const set = this.#inHand;
    if (set === null) throw new Error('data set: none is in hand; give its files again');
    const pieces = pack(set);
    const hash = await contentHash(pieces);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const { kind, classes } = set;
    const entry = { name, hash, kind, classes, train: countOf(set.train), test: countOf(set.test), bytes, kept: true };
    try {
      await this.#options.datasets.keep(entry, pieces);
      this.#inHand = null;
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
