import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadFile } from '../../src/data/sources/read.ts';

/** The folder of the emoji, which the page loads and `npm run data` makes. */
export const EMOJI_FOLDER = fileURLToPath(new URL('../../public/data/', import.meta.url));

/** Reads data files from a folder of this disk. */
export function readFolder(folder: string): ReadFile {
  return async (name) => readFile(join(folder, name));
}

/** Writes the whole file or, on failure, leaves the old one. */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
