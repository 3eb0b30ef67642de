import { describe, expect, test } from 'vitest';
import { DEFAULT_RECIPE, MEANS, type Recipe } from '../../core/experiment/recipe.ts';
import { noise, syntheticDataset } from '../../testing/data/synthetic.ts';
import type { Split } from '../dataset.ts';
import type { Batch } from './batches.ts';
import { normalisationOf, normalise } from './normalise.ts';
import { type RaceData, raceData } from './race-data.ts';

const LENGTH = 8 * 8 * 3;

/** More images than are measured on, each another one, of which the training images are darker. */
function splitOf(count: number, key: string, darker: number): Split {
  const images = noise(count * LENGTH, key).map((byte) => byte / darker);
  return { images, labels: Uint8Array.from({ length: count }, (_, image) => (image * 7) % 3) };
}
const DATASET = { ...syntheticDataset([]), train: splitOf(1300, 'train', 2), test: splitOf(700, 'test', 1) };
const RECIPE: Recipe = { ...DEFAULT_RECIPE, batch: 8, augment: true };

/** The images of a batch or a split as texts, which are quick to look up. */
function textsOf(images: Float32Array): readonly string[] {
  const bytes = Buffer.from(images.buffer, images.byteOffset, images.byteLength);
  const length = LENGTH * images.BYTES_PER_ELEMENT;
  return Array.from({ length: bytes.length / length }, (_, at) =>
    bytes.toString('latin1', at * length, (at + 1) * length),
  );
}

/** The image of the split, normalised by the training images, that each of these is, unchanged and with its label; else -1. */
function identified({ images, labels }: Batch, split: Split, mean: Recipe['mean']): readonly number[] {
  const values = textsOf(normalise(split.images, normalisationOf(DATASET.train, mean)));
  const places = new Map(values.map((text, image) => [text, image]));
  return textsOf(images).map((text, at) => {
    const image = places.get(text) ?? -1;
    return split.labels[image] === labels[at] ? image : -1;
  });
}

const MEASURED_ON = [
  ['training', 'train', 1000],
  ['test', 'test', 500],
  ['shown', 'test', 8],
] as const satisfies readonly (readonly [keyof RaceData, 'train' | 'test', number])[];

describe.each(MEANS)('the data of a race with means of each %s', (mean) => {
  const data = raceData(DATASET, { ...RECIPE, mean });

  test.each(MEASURED_ON)('has %s images of the %s split, %d of them, each once and as it is', (part, split, count) => {
    const images = identified(data[part], DATASET[split], mean);
    expect(images).toHaveLength(count);
    expect(new Set(images).size).toBe(count);
    expect(images).not.toContain(-1);
  });

  test('measures on the same images whatever the seed of the recipe', () => {
    const other = raceData(DATASET, { ...RECIPE, mean, seed: RECIPE.seed + 1 });
    for (const [part, split] of MEASURED_ON)
      expect(identified(other[part], DATASET[split], mean)).toEqual(identified(data[part], DATASET[split], mean));
    expect(other.batch(0).labels).not.toEqual(data.batch(0).labels);
  });

  test('trains on training images that are normalised alike', () => {
    const images = identified(raceData(DATASET, { ...RECIPE, mean, augment: false }).batch(0), DATASET.train, mean);
    expect(images).toHaveLength(RECIPE.batch);
    expect(images).not.toContain(-1);
  });
});
