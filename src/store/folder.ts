/** The part of the origin private file system's `FileSystemDirectoryHandle` that is used. */
export interface Folder {
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FolderFile>;
  removeEntry(name: string): Promise<void>;
  keys(): AsyncIterable<string>;
}

export interface FolderFile {
  getFile(): Promise<File>;
  /** Only workers have it, and only one at a time of all tabs. */
  createSyncAccessHandle?(): Promise<OpenFile>;
}

export interface OpenFile {
  getSize(): number;
  truncate(size: number): void;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}

/** The folder of files of weights. Rejects where the browser keeps none for this page. */
export async function weightsFolder(): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('weights', { create: true });
}

/** Opens a file to be written in place, by this tab alone. */
export async function openInPlace(file: FolderFile): Promise<OpenFile> {
  if (file.createSyncAccessHandle === undefined) throw new Error('this browser has no files for it');
  return file.createSyncAccessHandle();
}

/** Null where there is none of the name. */
export async function readFile(folder: Folder, name: string): Promise<File | null> {
  const file = await folder.getFileHandle(name).catch(() => null);
  return file === null ? null : file.getFile();
}
