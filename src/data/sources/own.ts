import type { Album } from '../album.ts';
import { unpack } from '../import/pack.ts';

/** A person's own data set from the bytes that are kept of it, which it shares. Throws a `DataError` where they are damaged. */
export function ownAlbum(bytes: Uint8Array, name: string): Album {
  const { size, classes, train, test } = unpack(bytes, name);
  const pictures = ({ images, labels }: typeof train) => ({
    size,
    images,
    names: Array.from(labels, (label) => classes[label] ?? ''),
  });
  return {
    source: 'own',
    train: pictures(train),
    test: pictures(test),
    sortings: [{ task: 'class', classes, train: train.labels, test: test.labels }],
  };
}
