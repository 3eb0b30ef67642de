import type { Recipe } from '../../core/experiment/recipe.ts';
import { sentence } from '../../language/sentence.ts';
import { DataError, type Dataset } from '../dataset.ts';
import { NO_AUGMENTATION, randomAugmentation, writeAugmented } from './augment.ts';
import { type Normalisation, normalisationOf } from './normalise.ts';
import { permutation, Random } from './random.ts';

/** A batch of normalised images with their labels. */
export interface Batch {
  /** Normalised, [count, size, size, 3]. */
  readonly images: Float32Array;
  /** One class index an image. */
  readonly labels: Int32Array;
}

/**
 * The batches that a recipe trains on. Each depends on the dataset, the recipe and its own number only, whatever
 * was asked before. In an epoch every image comes at most once. The images that do not fill a last batch are left out;
 * each epoch is shuffled again, so these are other images each time.
 */
export class Batches {
  /** Batches in one pass over the training images. */
  readonly perEpoch: number;
  readonly #dataset: Dataset;
  readonly #recipe: Pick<Recipe, 'batch' | 'augment' | 'seed'>;
  readonly #normalisation: Normalisation;
  #epoch = -1;
  #order: Uint32Array = new Uint32Array();

  /** Throws `DataError` if there are fewer training images than one batch holds. */
  constructor(
    dataset: Dataset,
    recipe: Pick<Recipe, 'batch' | 'augment' | 'seed'>,
    normalisation: Normalisation = normalisationOf(dataset.train),
  ) {
    const available = dataset.train.labels.length;
    if (available < recipe.batch) {
      const problem = sentence('data.batch.few', { batch: recipe.batch, available });
      throw new DataError(sentence('data.what.batch'), problem, sentence('data.batch.choose', { available }));
    }
    this.perEpoch = Math.floor(available / recipe.batch);
    this.#dataset = dataset;
    this.#recipe = recipe;
    this.#normalisation = normalisation;
  }

  /** Batch `step`, from 0, in newly allocated arrays. */
  at(step: number): Batch {
    const { train, size } = this.#dataset;
    const { batch, augment, seed } = this.#recipe;
    const chosen = this.imagesOf(step);
    const random = new Random(`augment/${seed}/${step}`);
    const length = size * size * 3;
    const images = new Float32Array(batch * length);
    const labels = new Int32Array(batch);
    for (let i = 0; i < batch; i++) {
      const index = chosen[i] ?? 0;
      const image = train.images.subarray(index * length, (index + 1) * length);
      const change = augment ? randomAugmentation(size, random) : NO_AUGMENTATION;
      writeAugmented(image, size, change, this.#normalisation, images, i * length);
      labels[i] = train.labels[index] ?? 0;
    }
    return { images, labels };
  }

  /** The training images of batch `step`, by their index, in the order of the batch. */
  imagesOf(step: number): Uint32Array {
    const { batch } = this.#recipe;
    const start = (step % this.perEpoch) * batch;
    return this.#orderOf(Math.floor(step / this.perEpoch)).subarray(start, start + batch);
  }

  #orderOf(epoch: number): Uint32Array {
    if (epoch !== this.#epoch) {
      const random = new Random(`order/${this.#recipe.seed}/${epoch}`);
      this.#order = permutation(this.#dataset.train.labels.length, random);
      this.#epoch = epoch;
    }
    return this.#order;
  }
}
