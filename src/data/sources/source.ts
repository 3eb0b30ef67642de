import type { DataSpec } from '../../core/experiment/experiment.ts';
import { type Album, cutDataset } from '../album.ts';
import type { PicturedDataset } from '../dataset.ts';
import { loadCifar10 } from './cifar10.ts';
import { loadEmoji } from './emoji.ts';
import { MissingDataError } from './missing.ts';
import type { OnProgress, ReadFile } from './read.ts';

/** Reads and decodes all images of one source. Throws `DataError` if a file is missing, damaged or not its kind. */
export type Source = (read: ReadFile, onProgress?: OnProgress) => Promise<Album>;

/** Sources whose files are served with the page or lie on a disk; a user's own data set is stored in the browser. */
export type FiledSource = Exclude<DataSpec['source'], 'own'>;

export const SOURCES: Readonly<Record<FiledSource, Source>> = {
  emoji: loadEmoji,
  cifar10: loadCifar10,
};

/** The dataset of `spec` from its files. Keep the album instead (`SOURCES`, `cutDataset`) to change size or task. */
export async function loadDataset(spec: DataSpec, read: ReadFile, onProgress?: OnProgress): Promise<PicturedDataset> {
  if (spec.source === 'own') throw new MissingDataError(spec);
  return cutDataset(await SOURCES[spec.source](read, onProgress), spec);
}
