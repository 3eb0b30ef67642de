import { expect, test } from 'vitest';
import { findDuplicates, withoutShared } from './duplicates.ts';
import type { Labelled, RawSet } from './sets/raw-set.ts';
import { surveyOf } from './survey.ts';

const SIZE = 16;
/** Images that are told apart by one number, in any pixel. */
const side = (...images: readonly (readonly [shade: number, label: number])[]): Labelled => ({
  images: Uint8Array.from(images.flatMap(([shade]) => [...new Uint8Array(SIZE * SIZE * 3 - 1), shade])),
  labels: Uint8Array.from(images, ([, label]) => label),
});
const setOf = (train: readonly Labelled[], tested: readonly Labelled[]): RawSet => ({
  kind: 'images',
  size: SIZE,
  classes: ['a', 'b'],
  train,
  test: tested,
  odd: { named: [], count: 0, more: 0 },
});

test('images that are there more than once are counted, across the split and within its sides, in all parts', () => {
  const set = setOf([side([1, 0], [2, 1]), side([1, 0], [3, 0])], [side([1, 0], [9, 1]), side([3, 1], [9, 1])]);
  expect(findDuplicates(set)).toEqual({ shared: 2, otherClass: 1, withinTrain: 1, withinTest: 1 });
  expect(surveyOf(set, 'x').duplicates.shared).toBe(2);
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
