import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { EMOJI_FOLDER } from '../data/files.ts';
import { LabError } from './error.ts';
import type { LabOptions } from './options.ts';

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The folder of the data. Makes the emoji if they are missing. Throws a `LabError` if CIFAR-10's folder does not exist.
 */
export async function dataFolder({ data }: LabOptions): Promise<string> {
  if (data?.source !== 'cifar10') {
    await import('../ensure-data.ts');
    return EMOJI_FOLDER;
  }
  if (await isFolder(data.path)) return data.path;
  throw new LabError(`--data: ${data.path} is not a folder`);
}

/** Throws a `LabError` if the file cannot be written, before any training. */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  if (await isFolder(path)) throw new LabError(`--json: ${path} is a folder`);
  if (!(await isFolder(folder))) throw new LabError(`--json: there is no folder ${folder}`);
  await access(folder, constants.W_OK).catch(() => {
    throw new LabError(`--json: nothing can be written in ${folder}`);
  });
}
