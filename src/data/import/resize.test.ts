import { expect, test } from 'vitest';
import { shrink } from '../decoded-images.ts';
import { pictureAt } from './resize.ts';

const picture = (size: number) => ({
  name: 'dot',
  size,
  rgb: Uint8Array.from({ length: size * size * 3 }, (_, at) => (at * 37) % 251),
});

test('a picture is made smaller as the images of a data set are', () => {
  const { rgb } = picture(32);
  expect(pictureAt(picture(32), 16)).toEqual(shrink(rgb, 32, 16));
  expect(pictureAt(picture(32), 32)).toEqual(rgb);
});

test('a picture that is smaller, or no multiple of the size, is pictureAt too, and what is even stays so', () => {
  expect(pictureAt(picture(16), 32)).toHaveLength(32 * 32 * 3);
  const even = { name: 'even', size: 64, rgb: new Uint8Array(64 * 64 * 3).fill(90) };
  expect(pictureAt(even, 48)).toEqual(new Uint8Array(48 * 48 * 3).fill(90));
  // Twice as large and back is the same.
  expect(pictureAt({ name: 'twice', size: 32, rgb: pictureAt(picture(16), 32) }, 16)).toEqual(picture(16).rgb);
});

test('bytes that are no square are refused by name', () => {
  expect(() => pictureAt({ ...picture(8), size: 9 }, 8)).toThrow('image: dot has 192 bytes, not 9 × 9 × 3');
});
