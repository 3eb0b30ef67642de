import { expect, test } from 'vitest';
import { REAL } from './real-strings.ts';

test('what was done to read a file is told, and nothing where it is as torchvision writes it', () => {
  const usual = { classes: 1000, names: { stripped: [], head: null, leftOut: 0 } };
  expect(REAL.fileNotes(usual)).toEqual([]);
  const names = { stripped: ['module.', '_orig_mod.'], head: 'head.weight', leftOut: 1200 };
  expect(REAL.fileNotes({ classes: 17, names })).toEqual([
    'Names in the file were read without “module.” and “_orig_mod.”.',
    'The last layer is “head.weight” in the file.',
    '1,200 tensors of other modules in the file were left out.',
    'It tells 17 classes apart, which have no names here: they are numbered from 0.',
  ]);
});
