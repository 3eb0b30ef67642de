import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { PRETRAINED } from '../core/data/pretrained.ts';
import { centreCrop, imageNetInput } from './imagenet-input.ts';

const schema = v.array(
  v.object({
    width: v.number(),
    height: v.number(),
    shorter: v.number(),
    crop: v.number(),
    pixels: v.array(v.number()),
  }),
);
const json = readFileSync(new URL('goldens/preprocess.json', import.meta.url), 'utf8');

/** The image of scripts/goldens_preprocess.py. */
function image(width: number, height: number) {
  const byte = (at: number) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (7 * x + 13 * y + 5 * x * y + 80 * channel) % 256;
  };
  return { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => byte(at)) };
}

test.each(v.parse(schema, JSON.parse(json)))(
  '$width × $height to $shorter, $crop in the middle, as torchvision does it, but for rounding',
  ({ width, height, shorter, crop, pixels }) => {
    const ours = centreCrop(image(width, height), shorter, crop);
    expect(ours.length).toBe(pixels.length);
    expect(Math.max(...pixels.map((pixel, at) => Math.abs(pixel - (ours[at] ?? 0))))).toBeLessThanOrEqual(1);
  },
);

test('a white image is one over the deviation from the mean', () => {
  const [{ input }] = PRETRAINED;
  const numbers = imageNetInput({ width: 3, height: 5, data: new Uint8Array(45).fill(255) }, input);
  expect(numbers.length).toBe(224 * 224 * 3);
  expect([...numbers.subarray(0, 3)].map((value) => value.toFixed(3))).toEqual(['2.249', '2.429', '2.640']);
});
