/** A file in what a person gave: in an archive, a folder, or alone. */
export interface Entry {
  /** With the folders that it lies in, separated by '/'. */
  readonly path: string;
  /**
   * Its bytes; to be asked for at most once, and before the next entry is. Throws a `DataError` where there are more
   * than `most` or the archive is damaged.
   */
  bytes(most: number): Promise<Uint8Array>;
}

/** Files one after another. What an archive holds is never in memory whole. */
export type Entries = AsyncIterable<Entry>;

export const MEGABYTE = 2 ** 20;

/** What to do about a file that cannot be used. */
export const REMEDY = 'choose a whole file of this kind, or leave it out';

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path leads out of where it begins; nothing is ever written there, but nobody means well by it. */
export function climbsOut(path: string): boolean {
  return path.startsWith('/') || /^[a-zA-Z]:/.test(path) || /[\\\0]/.test(path) || path.split('/').includes('..');
}
