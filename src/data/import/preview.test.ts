import { expect, test, vi } from 'vitest';
import { findDuplicates, importPreview, withoutShared } from './preview.ts';
import type { ImportedDataset, Labelled } from './sets/imported-dataset.ts';

const SIZE = 16;
/** Images that are told apart by one number, in any pixel. */
const side = (...images: readonly (readonly [shade: number, label: number])[]): Labelled => ({
  images: Uint8Array.from(images.flatMap(([shade]) => [...new Uint8Array(SIZE * SIZE * 3 - 1), shade])),
  labels: Uint8Array.from(images, ([, label]) => label),
});
const setOf = (train: readonly Labelled[], tested: readonly Labelled[]): ImportedDataset => ({
  kind: 'images',
  size: SIZE,
  classes: ['a', 'b'],
  train,
  test: tested,
  skipped: { named: [], count: 0, more: 0 },
});

test('images that are there more than once are counted, across the split and within its sides, in all parts', () => {
  const set = setOf([side([1, 0], [2, 1]), side([1, 0], [3, 0])], [side([1, 0], [9, 1]), side([3, 1], [9, 1])]);
  expect(findDuplicates(set)).toEqual({ shared: 2, otherClass: 1, withinTrain: 1, withinTest: 1 });
  expect(importPreview(set, 'x').duplicates.shared).toBe(2);
  expect(findDuplicates(setOf([side([1, 0])], [side([2, 0])]))).toEqual({
    ...{ shared: 0, otherClass: 0, withinTrain: 0, withinTest: 0 },
  });
});

test('those that are tested on are left out of what is learnt from, every copy, and the test side stays', () => {
  const tested = [side([1, 0], [9, 1]), side([3, 1])];
  const set = withoutShared(setOf([side([1, 0], [2, 1]), side([1, 0], [3, 0]), side([4, 1])], tested));
  expect(set.test).toBe(tested);
  expect(set.train.map(({ labels }) => [...labels])).toEqual([[1], [], [1]]);
  expect(set.train[0]?.images).toEqual(side([2, 1]).images);
  expect(findDuplicates(set).shared).toBe(0);
});

test('an image is compared with one of its equals, however often that is there', () => {
  const compared = vi.spyOn(Object.getPrototypeOf(Uint8Array.prototype), 'every');
  const equal = side(...Array.from({ length: 50 }, () => [1, 0] as const));
  const left = withoutShared(setOf([equal, side([2, 1])], [equal, side([9, 1])]));
  expect(left.train.map(({ labels }) => [...labels])).toEqual([[], [1]]);
  expect(compared.mock.calls.length).toBeLessThanOrEqual(50);
  compared.mockRestore();
});
