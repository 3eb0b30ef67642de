import { StorageError } from './error.ts';
import type { Folder, FolderFile, OpenFile } from './folder.ts';
import { type WeightNote, writeNote } from './weight-note.ts';

/** The error that a repository's weights could not be stored, and why. */
export function weightsError(repository: string, cause: unknown): StorageError {
  return new StorageError(`weights of ${repository}`, cause, 'they last until the net is released');
}

export interface WeightPileParts {
  readonly folder: Folder;
  readonly repository: string;
  readonly file: FolderFile;
  readonly open: OpenFile;
  /** What was written down at an earlier visit. */
  readonly note: WeightNote | null;
}

/** A file of weights that is being written, by this worker alone. The caller that opened it closes it. */
export class WeightPile {
  readonly #parts: WeightPileParts;
  #note: WeightNote | null;
  #size: number;
  #isOpen = true;

  constructor(parts: WeightPileParts) {
    this.#parts = parts;
    this.#note = parts.note;
    this.#size = parts.open.getSize();
  }

  get size(): number {
    return this.#size;
  }

  get version(): string | null {
    return this.#note?.version ?? null;
  }

  /** Throws a `StorageError`, as `add` and `end` do; a file that could not be resumed is not kept. */
  async begin(version: string | null, total: number | null): Promise<void> {
    await this.#kept(async () => {
      const { repository, open } = this.#parts;
      open.truncate(0);
      this.#size = 0;
      if (version === null) throw new Error('their server does not say which version they are');
      await this.#write({ repository, version, total });
    });
  }

  async add(piece: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#kept(async () => {
      const { open } = this.#parts;
      const written = open.write(piece, { at: this.#size });
      if (written < piece.length) {
        open.truncate(this.#size);
        throw Object.assign(new Error(), { name: 'QuotaExceededError' });
      }
      this.#size += written;
    });
  }

  async end(): Promise<Blob> {
    return this.#kept(async () => {
      this.#parts.open.flush();
      if (this.#note !== null && this.#note.total !== this.#size)
        await this.#write({ ...this.#note, total: this.#size });
      return this.soFar();
    });
  }

  /** What is there; nothing can be added any more. */
  async soFar(): Promise<Blob> {
    this.close();
    return this.#parts.file.getFile();
  }

  close(): void {
    if (this.#isOpen) this.#parts.open.close();
    this.#isOpen = false;
  }

  async #write(note: WeightNote): Promise<void> {
    await writeNote(this.#parts.folder, note);
    this.#note = note;
  }

  async #kept<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw weightsError(this.#parts.repository, cause);
    }
  }
}
