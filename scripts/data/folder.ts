import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '../../src/data/sources/read.ts';

/** Reads data files from a folder of this disk. */
export function readFolder(folder: string): ReadFile {
  return async (name) => readFile(join(folder, name));
}
