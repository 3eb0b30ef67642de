import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes.js';
import { expect, test } from 'vitest';
import { distinctNames, namesIn } from './class-names.ts';

test('no two classes of ImageNet are called the same', () => {
  const nameOf = distinctNames(Object.values(IMAGENET_CLASSES).map(namesIn));
  const names = Array.from({ length: 1000 }, (_, label) => nameOf(label));
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(1000);
  expect([0, 638, 639, 134, 517].map(nameOf)).toEqual([
    ...['tench', 'maillot', 'maillot, tank suit'],
    ...['crane (class 134)', 'crane (class 517)'],
  ]);
});

test('a class without names, and one that is not there, is called by its number', () => {
  const nameOf = distinctNames([['a'], [], []]);
  expect([0, 1, 2, 3].map(nameOf)).toEqual(['a', 'class 1', 'class 2', 'class 3']);
});
