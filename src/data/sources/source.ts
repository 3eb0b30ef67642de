import { type ImageSize, USUAL_PICTURE_SIZE } from '../../core/data/images.ts';
import type { DataSpec } from '../../core/experiment/experiment.ts';
import { quote } from '../../core/quote.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError, type PicturedDataset } from '../dataset.ts';
import { type DecodedImages, datasetFrom } from '../decoded-images.ts';
import { loadCifar10 } from './cifar10.ts';
import { loadEmoji } from './emoji.ts';
import { sheetSizeFor } from './emoji-index.ts';
import type { OnProgress, ReadFile } from './read.ts';

/**
 * Reads and decodes all images of one source, at a size from which those of `size` can be made. Throws `DataError` if a
 * file is missing, damaged or not its kind.
 */
export type Source = (read: ReadFile, size: ImageSize, onProgress?: OnProgress) => Promise<DecodedImages>;

/** Sources whose files are served with the page or lie on a disk; a user's own data set is stored in the browser. */
export type FiledSource = Exclude<DataSpec['source'], 'own'>;

/** The loader of every built-in source. */
export const SOURCES: Readonly<Record<FiledSource, Source>> = {
  emoji: loadEmoji,
  cifar10: (read, _, onProgress) => loadCifar10(read, onProgress),
};

/** Side in pixels of the images that a source decodes for `size`. */
export function decodedSize(source: FiledSource, size: ImageSize): number {
  return source === 'emoji' ? sheetSizeFor(size) : USUAL_PICTURE_SIZE;
}

/**
 * Loads the data set of `spec` from its files. To change size or task without decoding again, keep the decoded images
 * (`SOURCES`, `datasetFrom`).
 */
export async function loadDataset(spec: DataSpec, read: ReadFile, onProgress?: OnProgress): Promise<PicturedDataset> {
  if (spec.source === 'own') throw new MissingDataError(spec);
  return datasetFrom(await SOURCES[spec.source](read, spec.size, onProgress), spec);
}

const CIFAR = 'https://www.cs.toronto.edu/~kriz/cifar.html';

/** The user's own data set, named by an experiment, is not stored in this browser. */
export class MissingDataError extends DataError {
  override readonly name: string = 'MissingDataError';

  constructor({ name, hash }: { readonly name: string; readonly hash: string }) {
    super(
      sentence('data.what.dataset'),
      sentence('data.missing', { name: quote(name), hash: hash.slice(0, 12) }),
      name.startsWith('CIFAR-') ? sentence('data.missing.cifar', { address: CIFAR }) : sentence('data.missing.files'),
    );
  }
}
