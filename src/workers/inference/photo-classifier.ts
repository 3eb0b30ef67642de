import type { PhotoBatch, PhotoSet, Thumbnail, UnreadPhoto } from '../../core/data/photographs.ts';
import type { Preprocessing } from '../../core/data/pretrained.ts';
import { reasonOf } from '../../data/dataset.ts';
import { shrink } from '../../data/decoded-images.ts';
import { centreCrop } from '../../data/imagenet-input.ts';
import type { DecodeImage } from '../../data/import/decode-image.ts';
import { Photographs } from '../../data/photographs/photographs.ts';
import type { Classifier } from '../../engine/inference/classifier.ts';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { Call } from '../rpc.ts';
import type { OpenPhotosRequest } from './api.ts';

/** Bytes of crops that are kept for the next net: 1,700 of 224×224. The others are read and decoded again. */
const MOST_CROP_BYTES = 256 * 2 ** 20;

/** Small pictures that are kept, and how many pixels of a crop one of theirs stands for along a side. */
const MOST_THUMBNAILS = 5000;
const SHRUNK = 4;

/** The name of a PNG, whose pixels no browser alters; rows of tables have other names. */
const PNG_NAME = /\.png$/i;

/** A photograph that is ready for a net, or why it cannot be. */
type Prepared =
  | { readonly photo: number; readonly crop: Uint8Array }
  | { readonly crop: null; readonly why: UnreadPhoto };

/** How files become pixels. */
export interface PhotoDecoding {
  readonly decodeImage: DecodeImage;
  /** Whether `decodeImage` may give other pixels than those of a file that is no PNG. */
  readonly noisy?: boolean;
}

/** Options of `PhotoClassifier.classify`. */
export interface ClassifyPhotosOptions {
  readonly signal: AbortSignal;
  /** Resolves when the next batch may be classified; rejects when the work was cancelled. */
  readonly turn: () => Promise<void>;
  readonly onBatch: (batch: PhotoBatch) => void;
}

/** Labelled photographs that one net after the other classifies: decoded and cut once, as far as memory allows. */
export class PhotoClassifier {
  readonly #options: PhotoDecoding;
  #photographs: Photographs | null = null;
  #prepared: Pick<Preprocessing, 'shorter' | 'crop'> = { shorter: 0, crop: 0 };
  readonly #crops = new Map<number, Uint8Array>();
  readonly #thumbnails = new Map<number, Thumbnail>();

  constructor(options: PhotoDecoding) {
    this.#options = options;
  }

  async open(
    { files, classes }: OpenPhotosRequest,
    { signal, onProgress }: Pick<Call<number>, 'signal' | 'onProgress'>,
  ): Promise<PhotoSet> {
    this.#photographs = null;
    this.#crops.clear();
    this.#thumbnails.clear();
    let told = 0;
    const onFound = (photos: number) => {
      if (photos < told + 100) return;
      told = photos;
      onProgress(photos);
    };
    this.#photographs = await Photographs.open(files, { classes, signal, onFound });
    const { set } = this.#photographs;
    return { ...set, noisy: this.#options.noisy === true && !set.paths.every((path) => PNG_NAME.test(path)) };
  }

  async classify(classifier: Classifier, photos: readonly number[], options: ClassifyPhotosOptions): Promise<void> {
    const { signal, turn, onBatch } = options;
    const most = Math.min(classifier.batch, photos.length);
    const waiting: { readonly photo: number; readonly crop: Uint8Array }[] = [];
    const unread: UnreadPhoto[] = [];
    const classifyBatch = async () => {
      await turn();
      const batch = waiting.splice(0);
      const { guesses, milliseconds } =
        batch.length === 0
          ? { guesses: [], milliseconds: 0 }
          : await classifier.classifyCrops(
              batch.map(({ crop }) => crop),
              most,
            );
      const answers = batch.map(({ photo }, nth) => ({ photo, guesses: guesses[nth] ?? [] }));
      onBatch({ answers, unread: unread.splice(0), milliseconds });
    };
    for await (const prepared of this.#prepare(photos, classifier.input, signal)) {
      if (prepared.crop === null) unread.push(prepared.why);
      else waiting.push(prepared);
      if (waiting.length + unread.length >= most) await classifyBatch();
    }
    if (waiting.length + unread.length > 0) await classifyBatch();
  }

  thumbnails(photos: readonly number[]): readonly Thumbnail[] {
    return photos.flatMap((photo) => this.#thumbnails.get(photo) ?? []);
  }

  /** The crops of photographs: first those that are kept, then the others in the order of the files. */
  async *#prepare(photos: readonly number[], input: Preprocessing, signal: AbortSignal): AsyncGenerator<Prepared> {
    if (this.#photographs === null) throw new SaidError(sentence('errors.none.photos'));
    if (input.crop !== this.#prepared.crop || input.shorter !== this.#prepared.shorter) this.#crops.clear();
    this.#prepared = input;
    const missing: number[] = [];
    for (const photo of photos) {
      const crop = this.#crops.get(photo);
      if (crop === undefined) missing.push(photo);
      else yield { photo, crop };
    }
    for await (const file of this.#photographs.read(missing, signal)) {
      const { photo } = file;
      if (file.bytes === null) {
        yield { crop: null, why: { photo, reason: file.reason, isForNow: file.isForNow } };
        continue;
      }
      try {
        const image = await this.#options.decodeImage(file.bytes, this.#photographs.set.paths[photo] ?? '');
        const crop = centreCrop(image, input.shorter, input.crop);
        this.#keep(photo, crop, input.crop);
        yield { photo, crop };
      } catch (error) {
        yield { crop: null, why: { photo, reason: reasonOf(error), isForNow: false } };
      }
    }
  }

  #keep(photo: number, crop: Uint8Array, size: number): void {
    if ((this.#crops.size + 1) * crop.length <= MOST_CROP_BYTES) this.#crops.set(photo, crop);
    if (this.#thumbnails.size >= MOST_THUMBNAILS || this.#thumbnails.has(photo)) return;
    this.#thumbnails.set(photo, { photo, size: size / SHRUNK, pixels: shrink(crop, size, size / SHRUNK) });
  }
}
