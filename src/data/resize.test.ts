import { describe, expect, it, test } from 'vitest';
import { noise } from '../testing/data/synthetic.ts';
import { shrink } from './decoded-images.ts';
import { pictureAt } from './import/resize.ts';

/** One byte of one small image, straight from the definition. */
function meanAt(images: Uint8Array, factor: number, image: number, y: number, x: number, channel: number): number {
  let sum = 0;
  for (let dy = 0; dy < factor; dy++) {
    for (let dx = 0; dx < factor; dx++) {
      sum += images[((image * 32 + y * factor + dy) * 32 + x * factor + dx) * 3 + channel] ?? 0;
    }
  }
  return Math.floor(sum / factor ** 2 + 0.5);
}

describe('shrink', () => {
  it('leaves images of the right size as they are', () => {
    const images = noise(2 * 32 * 32 * 3, 'same');
    expect(shrink(images, 32, 32)).toBe(images);
  });

  it.each([16, 8])('averages every square exactly, to %i', (size) => {
    const images = noise(3 * 32 * 32 * 3, 'three images');
    const small = shrink(images, 32, size);
    expect(small).toHaveLength(3 * size * size * 3);
    for (let at = 0; at < small.length; at++) {
      const pixel = Math.floor(at / 3);
      const [image, y, x] = [Math.floor(pixel / size ** 2), Math.floor(pixel / size) % size, pixel % size];
      expect(small[at]).toBe(meanAt(images, 32 / size, image, y, x, at % 3));
    }
  });

  it('rounds halves up, and neither darkens black nor overflows white', () => {
    const twoByTwo = (...reds: number[]) => Uint8Array.from(reds.flatMap((red) => [red, 0, 255]));
    expect([...shrink(twoByTwo(1, 2, 1, 2), 2, 1)]).toEqual([2, 0, 255]);
    expect([...shrink(twoByTwo(1, 1, 1, 2), 2, 1)]).toEqual([1, 0, 255]);
  });
});

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
