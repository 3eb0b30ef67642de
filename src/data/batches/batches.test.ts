import { describe, expect, it } from 'vitest';
import { syntheticDataset } from '../../testing/data/synthetic.ts';
import { DataError } from '../dataset.ts';
import { type Batch, Batches } from './batches.ts';
import { normalisationOf, normalise } from './normalise.ts';

const labels = Array.from({ length: 23 }, (_, i) => i % 3);
const dataset = syntheticDataset(labels);
const LENGTH = 8 * 8 * 3;
const recipe = { batch: 5, augment: true, seed: 1 };
const plain = { ...recipe, augment: false };

/** Which training images these are, by their normalised values. */
function identify({ images }: Batch): readonly number[] {
  const values = normalise(dataset.train.images, normalisationOf(dataset.train));
  const keys = labels.map((_, i) => values.subarray(i * LENGTH, (i + 1) * LENGTH).join());
  return Array.from({ length: images.length / LENGTH }, (_, i) =>
    keys.indexOf(images.subarray(i * LENGTH, (i + 1) * LENGTH).join()),
  );
}

describe('batches', () => {
  it('have the shapes that the recipe asks for', () => {
    const { images, labels: answers } = new Batches(dataset, recipe).at(0);
    expect(images).toBeInstanceOf(Float32Array);
    expect(images).toHaveLength(5 * LENGTH);
    expect(answers).toBeInstanceOf(Int32Array);
    expect(answers).toHaveLength(5);
  });

  it('show every image at most once an epoch, and leave out only what fills no batch', () => {
    const batches = new Batches(dataset, plain);
    expect(batches.perEpoch).toBe(4);
    for (const epoch of [0, 1, 2]) {
      const seen = [0, 1, 2, 3].flatMap((i) => identify(batches.at(epoch * 4 + i)));
      expect(seen).not.toContain(-1);
      expect(new Set(seen).size).toBe(20);
    }
  });

  it('shuffle each epoch again', () => {
    const batches = new Batches(dataset, plain);
    expect(identify(batches.at(0))).not.toEqual(identify(batches.at(4)));
  });

  it('carry each image with its own label', () => {
    const batch = new Batches(dataset, plain).at(2);
    expect([...batch.labels]).toEqual(identify(batch).map((image) => labels[image]));
  });

  it('depend on the step only, in whatever order they are asked for', () => {
    const steps = [9, 0, 5, 4, 0, 11, 3];
    const asked = new Batches(dataset, recipe);
    for (const step of steps) expect(asked.at(step)).toEqual(new Batches(dataset, recipe).at(step));
  });

  it('differ between seeds', () => {
    const other = new Batches(dataset, { ...plain, seed: 2 });
    expect(identify(other.at(0))).not.toEqual(identify(new Batches(dataset, plain).at(0)));
  });

  it('are the same images in the same order with and without augmentation', () => {
    const [augmented, untouched] = [new Batches(dataset, recipe), new Batches(dataset, plain)];
    for (const step of [0, 3, 7]) expect(augmented.at(step).labels).toEqual(untouched.at(step).labels);
    expect(augmented.at(0).images).not.toEqual(untouched.at(0).images);
  });

  it('change an image differently in each epoch', () => {
    const alone = syntheticDataset([1]);
    // The only image of its dataset is the mean image: subtracted, nothing would be left to change.
    const asBytes = { mean: new Float32Array(LENGTH), scale: 1 };
    const batches = new Batches(alone, { batch: 1, augment: true, seed: 1 }, asBytes);
    const different = new Set(Array.from({ length: 40 }, (_, step) => batches.at(step).images.join()));
    expect(different.size).toBeGreaterThan(8);
  });

  it('are refused where there are fewer images than one holds', () => {
    const ask = () => new Batches(dataset, { ...recipe, batch: 24 });
    expect(ask).toThrow(DataError);
    expect(ask).toThrow('batch size: 24 images a step, but there are only 23 to train on; choose at most 23');
    expect(new Batches(dataset, { ...recipe, batch: 23 }).perEpoch).toBe(1);
  });
});
