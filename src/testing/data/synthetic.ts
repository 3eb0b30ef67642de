import { Random } from '../../data/batches/random.ts';
import type { PicturedDataset } from '../../data/dataset.ts';
import { PICTURE_BYTES, PICTURE_SIZE } from '../../data/decoded-images.ts';
import type { ReadFile } from '../../data/sources/read.ts';

/** Random bytes, the same for the same key. */
export function noise(length: number, key: string): Uint8Array {
  const random = new Random(key);
  return Uint8Array.from({ length }, () => random.below(256));
}

/** A dataset of noise with these labels of three classes to train on, and five images to test on. */
export function syntheticDataset(labels: readonly number[], size: 8 | 16 | 32 = 8): PicturedDataset {
  const length = size * size * 3;
  const testLabels = [0, 1, 2, 0, 1];
  const split = (of: readonly number[], key: string) => ({
    images: noise(of.length * length, key),
    labels: Uint8Array.from(of),
  });
  const pictures = (of: readonly number[], key: string) => ({
    size: PICTURE_SIZE,
    images: noise(of.length * PICTURE_BYTES, `${key} pictures`),
    names: of.map((_, image) => `${key} ${image}`),
  });
  return {
    spec: { source: 'cifar10', size },
    size,
    classes: ['red', 'green', 'blue'],
    train: split(labels, 'train'),
    test: split(testLabels, 'test'),
    pictures: { train: pictures(labels, 'train'), test: pictures(testLabels, 'test') },
  };
}

/** Reads from a table of files, and rejects as a disk would where there is none of the name. */
export function readTable(files: Readonly<Record<string, Uint8Array>>): ReadFile {
  return async (name) => {
    const bytes = files[name];
    if (bytes === undefined) throw new Error(`no such file: ${name}`);
    return bytes;
  };
}
