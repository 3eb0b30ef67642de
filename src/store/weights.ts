import { isWhole, type KeptWeights } from '../core/data/pretrained.ts';
import { wait } from '../core/wait.ts';
import { phraseOf, SaidError, sentence } from '../language/sentence.ts';
import {
  allNotes,
  type Folder,
  openInPlace,
  readFile,
  readNote,
  removeNote,
  WeightSink,
  weightStorageError,
  weightsFolder,
  weightsName,
} from './weight-sink.ts';

/** A worker that was ended may hold its file for a moment. */
const TRIES = 20;

/** Options of a `WeightStore`, for tests. */
export interface WeightStoreOptions {
  readonly folder?: () => Promise<Folder>;
  /** Milliseconds before a file that another tab or worker holds is tried again. */
  readonly pause?: number;
}

/**
 * The files of weights that the browser keeps, in the origin's private file system. They are written in place as they
 * come, so that the beginning of one that breaks off is there at the next visit. Where the browser denies that, nothing
 * is kept: hundreds of megabytes are too much for the records of a database.
 */
export class WeightStore {
  readonly #openFolder: () => Promise<Folder>;
  readonly #pause: number;

  constructor({ folder = weightsFolder, pause = 100 }: WeightStoreOptions = {}) {
    this.#openFolder = folder;
    this.#pause = pause;
  }

  /** All, whole or not, by name; none where the browser keeps nothing. */
  async list(): Promise<readonly KeptWeights[]> {
    const folder = await this.#openFolder().catch(() => null);
    if (folder === null) return [];
    const notes = await allNotes(folder);
    const found = await Promise.all(
      notes.map(async ({ repository, total }): Promise<KeptWeights> => {
        const file = await readFile(folder, weightsName(repository));
        return { repository, bytes: file?.size ?? 0, total };
      }),
    );
    return found.filter(({ bytes }) => bytes > 0).sort((a, b) => a.repository.localeCompare(b.repository));
  }

  /** The file of a repository, of which a part is read when it is asked for; null where it is not kept, or not whole. */
  async whole(repository: string): Promise<Blob | null> {
    const folder = await this.#openFolder().catch(() => null);
    if (folder === null) return null;
    const note = await readNote(folder, repository);
    const file = await readFile(folder, weightsName(repository));
    if (note === null || file === null) return null;
    return isWhole({ repository, bytes: file.size, total: note.total }) ? file : null;
  }

  /** Opens what is kept of a repository's file, to go on with it. Throws a `StorageError` where the browser keeps none. */
  async open(repository: string): Promise<WeightSink> {
    try {
      const folder = await this.#openFolder();
      const file = await folder.getFileHandle(weightsName(repository), { create: true });
      const open = await this.#whenFree(() => openInPlace(file));
      return new WeightSink({ folder, repository, file, open, note: await readNote(folder, repository) });
    } catch (cause) {
      throw weightStorageError(repository, cause);
    }
  }

  /** Rejects with a sentence where a worker of any tab is writing it. Another tab may have deleted it already. */
  async remove(repository: string): Promise<void> {
    const folder = await this.#openFolder();
    try {
      await this.#whenFree(() => folder.removeEntry(weightsName(repository))).catch(unlessGone);
      await removeNote(folder, repository).catch(unlessGone);
    } catch (cause) {
      const what = sentence('errors.storage.weights', { repository });
      throw new SaidError(sentence('errors.storage.notDeleted', { what, reason: phraseOf(cause) }), { cause });
    }
  }

  /** Does what needs a file to itself, again for a while where another worker holds it. */
  async #whenFree<T>(work: () => Promise<T>): Promise<T> {
    for (let nth = 1; ; nth++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'NoModificationAllowedError') throw error;
        if (nth === TRIES) throw new SaidError(sentence('errors.storage.beingFetched'), { cause: error });
        await wait(this.#pause);
      }
    }
  }
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'NotFoundError') throw error;
}
