/**
 * Normalised paths of a user's files, the same for a folder, a zip, a tar or a drop. Folders are separated by `/`,
 * nothing stands for "here" or "up", names are in Unicode's composed form (NFC), so that a folder copied from a Mac is
 * the same class as one from Linux.
 */

/** The normalised path, or null where it leads out of the folder that it begins in. */
export function normalisePath(raw: string): string | null {
  // Windows PowerShell 5 separates by backslashes. What follows a NUL is padding.
  const [written = ''] = raw.replaceAll('\\', '/').split('\0');
  const parts: string[] = [];
  for (const part of written.replace(/^[a-zA-Z]:(?=\/|$)/, '').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part.normalize('NFC'));
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** Folders of a path at most: trees of folders are walked by functions that call themselves. */
export const MOST_FOLDERS = 100;

/** Whether a path has more folders than are read. */
export function isTooDeep(path: string): boolean {
  return foldersAndName(path).length > MOST_FOLDERS + 1;
}

/** Names of files that operating systems and programs add to folders, in lower case. */
const CLUTTER = new Set([
  '__macosx',
  '@eadir',
  '@tmp',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
]);

/** Whether a file, or a folder that it lies in, is hidden or was created by an operating system (`.DS_Store`). */
export function isClutter(path: string): boolean {
  return foldersAndName(path).some((part) => part.startsWith('.') || CLUTTER.has(part.toLowerCase()));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that a file lies in, '' for none. */
export function folderOfFile(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Removes marks of copies and of gzip: `a.bin (1).gz`, `a.bin - Copy` and `a.bin - 副本` become `a.bin`. */
export function plainName(name: string): string {
  const bare = name.replace(/\.gz$/i, '').replace(/\s*(\(\d+\)|- (copy|副本)( \(\d+\))?|(copy|副本)( \d+)?)$/i, '');
  return bare === name ? name.replace(/\s*(\(\d+\)|- (copy|副本)( \(\d+\))?)(?=\.\w{1,5}$)/i, '') : plainName(bare);
}

/** Number of leading folders that all paths share. */
export function sharedFolders(all: readonly (readonly string[])[]): number {
  const [first = []] = all;
  const differs = first.findIndex((folder, at) => all.some((other) => other[at] !== folder));
  return differs < 0 ? first.length : differs;
}

function foldersAndName(path: string): readonly string[] {
  return path.split('/');
}
