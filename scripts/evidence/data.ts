import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSpec } from '../../src/core/experiment/experiment.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { datasetFrom } from '../../src/data/decoded-images.ts';
import { contentHash, packDataset, storedImages } from '../../src/data/import/packed-dataset.ts';
import { loadDataset } from '../../src/data/sources/source.ts';
import { EMOJI_FOLDER, readFolder, writeAtomically } from '../data/files.ts';
import { LabError } from '../lab/error.ts';
import { readOwnData } from '../lab/own-data.ts';

function packedFile(folder: string, hash: string): string {
  return join(folder, 'data', `${hash}.packed`);
}

/** The images of a definition are neither packed yet nor given. */
export class MissingImagesError extends LabError {}

/**
 * Packs the images at `path` into the folder of states, once. Throws a `LabError` where they are others than the
 * definition's, which it names by their hash, and a `MissingImagesError` where there are none.
 */
export async function packOnce(spec: DataSpec, path: string | undefined, folder: string): Promise<void> {
  if (spec.source !== 'own') return;
  const file = packedFile(folder, spec.hash);
  if ((await readFile(file).catch(() => null)) !== null) return;
  if (path === undefined) throw new MissingImagesError(`--data: say where ${spec.name} is; its hash is ${spec.hash}`);
  const { set } = await readOwnData(path, { size: 32 });
  const pieces = packDataset(set);
  const hash = await contentHash(pieces);
  if (hash !== spec.hash) throw new LabError(`--data: ${path} has the hash ${hash}, and not ${spec.hash}`);
  await mkdir(join(folder, 'data'), { recursive: true });
  await writeAtomically(file, Buffer.concat(pieces));
}

/** The data set of an experiment, from the page's files or from what `packOnce` has packed. */
export async function datasetOf(spec: DataSpec, folder: string): Promise<Dataset> {
  if (spec.source !== 'own') return loadDataset(spec, readFolder(EMOJI_FOLDER));
  return datasetFrom(storedImages(await readFile(packedFile(folder, spec.hash)), spec.name), spec);
}

/** SHA-256 of what nets see: training images, their labels, test images, theirs. */
export function sha256Of({ train, test }: Pick<Dataset, 'train' | 'test'>): string {
  const hash = createHash('sha256');
  for (const { images, labels } of [train, test]) hash.update(images).update(labels);
  return hash.digest('hex');
}
