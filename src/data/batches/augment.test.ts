import { describe, expect, it } from 'vitest';
import { noise } from '../../testing/data/synthetic.ts';
import { type Augmentation, NO_AUGMENTATION, randomAugmentation, writeAugmented } from './augment.ts';
import { Random } from './random.ts';

const SIZE = 8;
const image = noise(SIZE * SIZE * 3, 'augmented');
const asBytes = { mean: new Float32Array(image.length), scale: 1 };

function changed(change: Augmentation, normalisation = asBytes): Float32Array {
  const target = new Float32Array(image.length);
  writeAugmented(image, SIZE, change, normalisation, target, 0);
  return target;
}

/** The pixel at (y, x) of the image, padded with black. */
function pixel(y: number, x: number): readonly number[] {
  const inside = y >= 0 && y < SIZE && x >= 0 && x < SIZE;
  const at = (y * SIZE + x) * 3;
  return inside ? [...image.subarray(at, at + 3)] : [0, 0, 0];
}

describe('a changed image', () => {
  it('is shifted and mirrored and nothing else', () => {
    for (const left of [-1, 0, 1]) {
      for (const up of [-1, 0, 1]) {
        for (const flip of [false, true]) {
          const values = changed({ left, up, flip });
          for (let y = 0; y < SIZE; y++) {
            for (let x = 0; x < SIZE; x++) {
              const at = (y * SIZE + x) * 3;
              const seen = flip ? SIZE - 1 - x : x;
              expect([...values.subarray(at, at + 3)]).toEqual(pixel(y + up, seen + left));
            }
          }
        }
      }
    }
  });

  it('is the image where nothing changes', () => {
    expect([...changed(NO_AUGMENTATION)]).toEqual([...image]);
  });

  it('has the mean image, zero, outside: normalisation comes before padding', () => {
    const mean = Float32Array.from(image, (_, i) => i);
    const values = changed({ left: 0, up: -1, flip: false }, { mean, scale: 0.5 });
    expect(values.subarray(0, SIZE * 3).every((value) => value === 0)).toBe(true);
    expect(values[SIZE * 3 + 5]).toBeCloseTo(((image[5] ?? 0) - 5) * 0.5, 5);
  });
});

describe('a random change', () => {
  it.each([
    [32, 4],
    [16, 2],
    [8, 1],
  ])('of images of %i pixels moves by up to %i, all moves alike', (size, most) => {
    const random = new Random('changes');
    const counts = new Map<string, number>();
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const { left, up, flip } = randomAugmentation(size, random);
      const key = `${left} ${up} ${flip}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      expect(Math.max(Math.abs(left), Math.abs(up))).toBeLessThanOrEqual(most);
    }
    const kinds = (2 * most + 1) ** 2 * 2;
    expect(counts.size).toBe(kinds);
    const expected = draws / kinds;
    for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });
});
