import { describe, expect, it } from 'vitest';
import { batchChunks } from './device-batch.ts';

/** Images of one pixel, whose value is the number of the image. */
const images = (count: number) => ({
  images: Float32Array.from({ length: 3 * count }, (_, at) => Math.floor(at / 3)),
  labels: Int32Array.from({ length: count }, (_, image) => image),
});
const labelsOf = (count: number, most: number, of?: number) =>
  batchChunks(images(count), most, of).map(({ labels }) => [...labels]);

describe('images that are evaluated', () => {
  it.each([
    [1000, 250, 4, 250],
    [500, 100, 5, 100],
    [199, 100, 2, 99],
    [300, 250, 2, 150],
    [30, 100, 1, 30],
    [1, 100, 1, 1],
  ])('%d in chunks of %d at most: %d of %d', (count, most, chunks, each) => {
    const cut = labelsOf(count, most);
    expect(cut.map(({ length }) => length)).toEqual(Array<number>(chunks).fill(each));
    expect(cut.flat()).toEqual([...images(count).labels].slice(0, chunks * each));
  });

  it('keep their pixels', () => {
    for (const { images: pixels, labels } of batchChunks(images(7), 3)) {
      expect([...pixels]).toEqual([...labels].flatMap((label) => [label, label, label]));
    }
  });

  it('are the first ones where fewer are wanted', () => {
    expect(labelsOf(10, 4, 4)).toEqual([[0, 1, 2, 3]]);
    expect(labelsOf(3, 4, 8)).toEqual([[0, 1, 2]]);
  });
});
