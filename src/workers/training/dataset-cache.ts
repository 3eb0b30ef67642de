import type { DataSpec } from '../../core/experiment/experiment.ts';
import type { PicturedDataset } from '../../data/dataset.ts';
import { type DecodedImages, datasetFrom } from '../../data/decoded-images.ts';
import { storedImages } from '../../data/import/packed-dataset.ts';
import type { ReadFile } from '../../data/sources/read.ts';
import { decodedSize, MissingDataError, SOURCES } from '../../data/sources/source.ts';

export interface DatasetCacheOptions {
  /** Reads one of the data files. */
  readonly read: ReadFile;
  /** The bytes of a user's own data set, by its hash; null if it is not stored. */
  readonly kept?: (hash: string) => Promise<Uint8Array | null>;
}

type OwnData = Extract<DataSpec, { readonly source: 'own' }>;

/** Cache of data sets: those that were read, and those that the page has transferred. */
export class DatasetCache {
  /** Transferred files of weights and data sets that the browser does not store, by the hash of their content. */
  readonly transferred = new Map<string, Uint8Array>();
  readonly #options: DatasetCacheOptions;
  /** By source and side of its images. */
  readonly #decoded = new Map<string, DecodedImages>();
  /** Only one of the user's data sets is cached, since it may be large. */
  #own: { readonly hash: string; readonly images: DecodedImages } | null = null;

  constructor(options: DatasetCacheOptions) {
    this.#options = options;
  }

  /** Frees a file or a data set that was transferred. A race that is open has its images by itself. */
  withdraw(hash: string): void {
    this.transferred.delete(hash);
    if (this.#own?.hash === hash) this.#own = null;
  }

  async dataset(spec: DataSpec, onProgress: (fraction: number) => void): Promise<PicturedDataset> {
    if (spec.source === 'own') return datasetFrom(await this.#ownImages(spec, onProgress), spec);
    const key = `${spec.source}/${decodedSize(spec.source, spec.size)}`;
    const known = this.#decoded.get(key);
    if (known !== undefined) return datasetFrom(known, spec);
    const images = await SOURCES[spec.source](this.#options.read, spec.size, onProgress);
    this.#decoded.set(key, images);
    return datasetFrom(images, spec);
  }

  /** Rejects with a `MissingDataError` if the data set is not available. */
  async #ownImages(spec: OwnData, onProgress: (fraction: number) => void): Promise<DecodedImages> {
    if (this.#own?.hash === spec.hash) return this.#own.images;
    this.#own = null;
    onProgress(0);
    const bytes = this.transferred.get(spec.hash) ?? (await this.#options.kept?.(spec.hash)) ?? null;
    onProgress(1);
    if (bytes === null) throw new MissingDataError(spec);
    const images = storedImages(bytes, spec.name);
    this.#own = { hash: spec.hash, images };
    return images;
  }
}
