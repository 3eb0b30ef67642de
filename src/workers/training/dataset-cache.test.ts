import { expect, test } from 'vitest';
import { packDataset } from '../../data/import/packed-dataset.ts';
import { MissingDataError } from '../../data/sources/source.ts';
import { DatasetCache } from './dataset-cache.ts';

const HASH = 'a'.repeat(64);
const SPEC = { source: 'own', name: 'pets', hash: HASH, size: 32 } as const;

/** A packed set of as many images, half of them of each class. */
function packed(images: number): Uint8Array {
  const part = [
    { images: new Uint8Array(images * 32 * 32 * 3), labels: Uint8Array.from({ length: images }, (_, n) => n % 2) },
  ];
  const pieces = packDataset({ size: 32, classes: ['cat', 'dog'], train: part, test: part });
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

test('a set that was transferred can be opened until it is withdrawn', async () => {
  const cache = new DatasetCache({ read: () => Promise.reject(new Error('not asked')) });
  cache.transferred.set(HASH, packed(4));
  expect((await cache.dataset(SPEC, () => {})).classes).toEqual(['cat', 'dog']);
  cache.withdraw('b'.repeat(64));
  await cache.dataset(SPEC, () => {});
  cache.withdraw(HASH);
  await expect(cache.dataset(SPEC, () => {})).rejects.toThrow(MissingDataError);
});
