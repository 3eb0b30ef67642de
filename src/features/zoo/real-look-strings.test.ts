import { expect, test } from 'vitest';
import { REAL_LOOK } from './real-look-strings.ts';

test('a layer is named as a person would name it', () => {
  const names = [
    'stem.relu',
    'stem.pool',
    'stage1.relu2',
    'relu5',
    'pool1',
    'conv2.relu',
    'inception3a',
    'inception4b.three.relu',
  ];
  expect(names.map(REAL_LOOK.layer)).toEqual([
    'Stem',
    'Stem, pool',
    'Stage 1, convolution 2',
    'Convolution 5',
    'Pool 1',
    'Convolution 2',
    'Inception 3a',
    'Inception 4b, three',
  ]);
});
