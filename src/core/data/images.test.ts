import { expect, test } from 'vitest';
import { PICTURE_SIZES, sizesOf, sizeWithin } from './images.ts';

test('images can be made smaller where each pixel is the mean of a whole square', () => {
  expect(PICTURE_SIZES.map(sizesOf)).toEqual([
    [8, 16],
    [8, 16, 32],
    [8, 16, 48],
    [8, 16, 32, 64],
  ]);
});

test('of the sizes that there are the nearest below is taken, or the smallest', () => {
  expect([sizeWithin(48, 32), sizeWithin(64, 32), sizeWithin(16, 64), sizeWithin(32, 4)]).toEqual([16, 32, 16, 8]);
});
