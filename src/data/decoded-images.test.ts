import { describe, expect, it } from 'vitest';
import { noise } from '../testing/data/synthetic.ts';
import { shrink } from './decoded-images.ts';

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
