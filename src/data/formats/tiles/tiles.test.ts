import { expect, test } from 'vitest';
import { noise } from '../../../testing/data/synthetic.ts';
import { decodeTiles, encodeTiles, quantised } from './tiles.ts';

/** Discs of two colours on white whose places and sizes differ, with soft edges, as the emoji's are. */
function discs(count: number, size: number): Uint8Array {
  return Uint8Array.from({ length: count * size * size * 3 }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [image, x, y] = [Math.floor(pixel / size / size), pixel % size, Math.floor(pixel / size) % size];
    const share = Math.max(0, Math.min(1, Math.hypot(x - 6 - (image % 4), y - 8) - 3 - (image % 3)));
    return 255 * share + ((image % 2 === 0 ? [250, 200, 30] : [20, 90, 240])[channel] ?? 0) * (1 - share);
  });
}

test.each([8, 16, 32])('what was encoded is decoded, each byte as the nearest of 64 levels, at %i pixels', (size) => {
  for (const images of [discs(30, size), noise(3 * size * size * 3, 'tiles'), new Uint8Array(2 * size * size * 3)]) {
    const kinds = Array.from({ length: images.length / size / size / 3 }, (_, tile) => (tile < 14 ? 0 : 7));
    const decoded = decodeTiles(encodeTiles(images, { size, kinds }), { size, kinds });
    expect(decoded).toEqual(images.map(quantised));
  }
});

test('black, white and every level stay what they are', () => {
  expect([0, 255].map(quantised)).toEqual([0, 255]);
  const levels = new Set(Uint8Array.from({ length: 256 }, (_, byte) => quantised(byte)));
  expect(levels.size).toBe(64);
  expect([...levels].map(quantised)).toEqual([...levels]);
});

test('the code of images that are alike is much smaller than they are', () => {
  const [count, size] = [60, 16];
  const images = discs(count, size);
  expect(encodeTiles(images, { size, kinds: Array<number>(count).fill(0) }).length).toBeLessThan(images.length / 25);
});

test('the bytes are the same on every machine', () => {
  const code = encodeTiles(discs(4, 16), { size: 16, kinds: [0, 0, 1, 1] });
  expect(Buffer.from(code).toString('base64')).toMatchInlineSnapshot(
    `"/gAAAAD/FRVGwGA0a1XEb/Yw63QUxV+u7C+i8JhD2hzHQidfnl3Mua8Prt7N3bRYRYTwulVXjh9bibqVG3I/fA9mdEaH4kWrIzHywDMNIXU2ZNFFtDcNg7O/3c/wrDAUQS4gKgXq26ou1vcwxusdzMLabJqRWPReWQkCft9j7PiZgFcKj40JCGgtTj9TL9vPF2lU2iBUbSTqvTWlSSWIYiEEMvEzmZZswMiUbFeQz30V6HrCkJoorkcg6VegLuGCyJUwt8xoCAAA"`,
  );
});

test('any bytes are decoded to images, within bounds', () => {
  for (const bytes of [new Uint8Array(), noise(500, 'a'), new Uint8Array(400).fill(255)]) {
    expect(decodeTiles(bytes, { size: 16, kinds: [0, 0, 1, 1] })).toHaveLength(4 * 16 * 16 * 3);
  }
});
