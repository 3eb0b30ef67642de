import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import type { GivenFile } from '../../src/data/import/archives/open-source.ts';
import { LabError } from './error.ts';

/**
 * A file, or all files of a folder, as the page gets them from its folder picker: each with the folder's name before its
 * path. Throws a `LabError` where there is nothing of that name.
 */
export async function givenFiles(path: string): Promise<readonly GivenFile[]> {
  const root = resolve(path);
  const found = await stat(root).catch(() => null);
  if (found === null) throw new LabError(`--data: there is no ${path}`);
  // A folder that is chosen is meant, even where its name hides it.
  const name = basename(root).replace(/^\.+/, '') || 'folder';
  if (!found.isDirectory()) return [{ path: name, blob: await openAsBlob(root) }];
  const files: GivenFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name);
    const isFile = entry.isSymbolicLink()
      ? await stat(full).then(
          (at) => at.isFile(),
          () => false,
        )
      : entry.isFile();
    if (!isFile) continue;
    const inside = full.slice(root.length).replaceAll(sep, '/').replace(/^\/+/, '');
    files.push({ path: `${name}/${inside}`, blob: await openAsBlob(full) });
  }
  if (files.length === 0) throw new LabError(`--data: ${path} is an empty folder; give one folder of images a class`);
  return files;
}
