import * as v from 'valibot';
import { SaidError, sentence } from '../language/sentence.ts';
import { StorageError } from './database.ts';

/** The error that a repository's weights could not be stored, and why. */
export function weightStorageError(repository: string, cause: unknown): StorageError {
  return new StorageError(
    sentence('errors.storage.weights', { repository }),
    cause,
    sentence('errors.storage.untilReleased'),
  );
}

/** What a `WeightSink` needs of the storage. */
export interface WeightSinkParts {
  readonly folder: Folder;
  readonly repository: string;
  readonly file: FolderFile;
  readonly open: OpenFile;
  /** The note of an earlier visit. */
  readonly note: WeightNote | null;
}

/** A file of weights that is being written, by this worker alone. The caller that opened it closes it. */
export class WeightSink {
  readonly #parts: WeightSinkParts;
  #note: WeightNote | null;
  #size: number;
  #isOpen = true;

  constructor(parts: WeightSinkParts) {
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
      if (version === null) throw new SaidError(sentence('errors.storage.noVersion'));
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

  /** The stored bytes as a file; no more can be added. */
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
      throw weightStorageError(this.#parts.repository, cause);
    }
  }
}

/** The part of the origin private file system's `FileSystemDirectoryHandle` that is used. */
export interface Folder {
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FolderFile>;
  removeEntry(name: string): Promise<void>;
  keys(): AsyncIterable<string>;
}

/** The part of `FileSystemFileHandle` that is used. */
export interface FolderFile {
  getFile(): Promise<File>;
  /** Only workers have it, and only one at a time of all tabs. */
  createSyncAccessHandle?(): Promise<OpenFile>;
}

/** The part of `FileSystemSyncAccessHandle` that is used. */
export interface OpenFile {
  getSize(): number;
  truncate(size: number): void;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}

/** The folder of weight files. Rejects if the browser has no storage for this page. */
export async function weightsFolder(): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('weights', { create: true });
}

/** Opens a file to be written in place, by this tab alone. */
export async function openInPlace(file: FolderFile): Promise<OpenFile> {
  if (file.createSyncAccessHandle === undefined) throw new SaidError(sentence('errors.storage.noFiles'));
  return file.createSyncAccessHandle();
}

/** Null if it does not exist. */
export async function readFile(folder: Folder, name: string): Promise<File | null> {
  const file = await folder.getFileHandle(name).catch(() => null);
  return file === null ? null : file.getFile();
}

/** Schema of the JSON note that is stored beside a file of weights. */
const noteSchema = v.object({
  repository: v.string(),
  /** The strong ETag under which the server had it. */
  version: v.string(),
  total: v.nullable(v.number()),
});
/** The download state of a file of weights. */
export type WeightNote = v.InferOutput<typeof noteSchema>;

const NOTE = '.json';

/** The repository's name as that of a file. */
const plain = (repository: string) => repository.replaceAll('/', '--');

/** File name of a repository's weights. */
export const weightsName = (repository: string): string => `${plain(repository)}.safetensors`;
const noteName = (repository: string) => `${plain(repository)}${NOTE}`;

/** The download state of a file of weights; null if there is none, or if it is damaged. */
export function readNote(folder: Folder, repository: string): Promise<WeightNote | null> {
  return readNamed(folder, noteName(repository));
}

/** Stores the download state of a file of weights. */
async function writeNote(folder: Folder, note: WeightNote): Promise<void> {
  const open = await openInPlace(await folder.getFileHandle(noteName(note.repository), { create: true }));
  try {
    open.truncate(0);
    open.write(new TextEncoder().encode(JSON.stringify(note)), { at: 0 });
    open.flush();
  } finally {
    open.close();
  }
}

/** Removes the download state of a file of weights. */
export async function removeNote(folder: Folder, repository: string): Promise<void> {
  await folder.removeEntry(noteName(repository));
}

/** The download states of all files of weights; damaged ones are left out. */
export async function allNotes(folder: Folder): Promise<readonly WeightNote[]> {
  const notes: WeightNote[] = [];
  for await (const name of folder.keys()) {
    const note = name.endsWith(NOTE) ? await readNamed(folder, name) : null;
    if (note !== null) notes.push(note);
  }
  return notes;
}

async function readNamed(folder: Folder, name: string): Promise<WeightNote | null> {
  try {
    const file = await readFile(folder, name);
    return file === null ? null : v.parse(noteSchema, JSON.parse(await file.text()));
  } catch {
    return null;
  }
}
