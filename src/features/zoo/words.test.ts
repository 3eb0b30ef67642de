import { expect, test } from 'vitest';
import { fileNotes, layerName, probabilityText, savedText } from './words.ts';

test('a layer is named as a person would name it', () => {
  const names = [
    'stem.relu',
    'stem.pool',
    'stage1.relu2',
    'stage5.pool',
    'relu5',
    'pool1',
    'conv2.relu',
    'inception3a',
    'inception4b.three.relu',
    'inception4b.reduce5.relu',
    'inception5a.pooled.relu',
  ];
  expect(names.map(layerName)).toEqual([
    'First layer',
    'First layer, pool',
    'Stage 1, convolution 2',
    'Stage 5, pool',
    'Convolution 5',
    'Pool 1',
    'Convolution 2',
    'Inception 3a',
    'Inception 4b, 3×3',
    'Inception 4b, 1×1 before 5×5',
    'Inception 5a, 1×1 after the pool',
  ]);
});

test('what was done to read a file is said, and nothing where it is as torchvision writes it', () => {
  const usual = { classes: 1000, names: { stripped: [], head: null, leftOut: 0 } };
  expect(fileNotes(usual)).toEqual([]);
  const names = { stripped: ['module.', '_orig_mod.'], head: 'head.weight', leftOut: 1200 };
  expect(fileNotes({ classes: 17, names })).toEqual([
    'Names in the file were read without “module.” and “_orig_mod.”.',
    'The last layer is “head.weight” in the file.',
    '1,200 tensors of other modules in the file were left out.',
    'It tells 17 classes apart, which have no names here: they are numbered from 0.',
  ]);
});

test('a probability is never rounded to certainty or to nothing', () => {
  expect([0.52, 0.0004, 0.00001, 0.9998, 1].map(probabilityText)).toEqual([
    '52.0%',
    '0.04%',
    '<0.01%',
    '99.98%',
    '100.0%',
  ]);
});

test('an incomplete file says how much of it is there', () => {
  const file = { repository: 'timm/resnet18.tv_in1k', bytes: 20_000_000, total: 46_800_000 };
  expect(savedText(file)).toBe('20.0 MB of 46.8 MB');
  expect(savedText({ ...file, total: null })).toBe('the first 20.0 MB');
  expect(savedText({ ...file, bytes: 46_800_000 })).toBe('46.8 MB');
});
