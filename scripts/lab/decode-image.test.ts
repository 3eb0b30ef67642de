import sharp from 'sharp';
import { expect, test } from 'vitest';
import { chunk, writePng } from '../../src/testing/data/png-files.ts';
import { decodeInNode } from './decode-image.ts';

/** Left half red, right half blue. */
const halves = sharp(
  Uint8Array.from({ length: 16 * 8 * 3 }, (_, at) => (at % 3 === (Math.floor(at / 3) % 16 < 8 ? 0 : 2) ? 255 : 0)),
  { raw: { width: 16, height: 8, channels: 3 } },
);
const decode = async (bytes: Uint8Array) => decodeInNode(new Uint8Array(bytes), 'a');

test('a JPEG lies as its EXIF says', async () => {
  const upright = await decode(await halves.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
  expect([upright.width, upright.height]).toEqual([16, 8]);
  const jpeg = await halves.clone().jpeg({ quality: 100 }).withMetadata({ orientation: 6 }).toBuffer();
  const turned = await decode(jpeg);
  expect([turned.width, turned.height]).toEqual([8, 16]);
  // Turned by a quarter, left is above.
  const [red = 0, , blue = 255] = turned.data;
  expect(red).toBeGreaterThan(200);
  expect(blue).toBeLessThan(60);
});

test('another colour space becomes sRGB, in PNGs as in JPEGs; CMYK too', async () => {
  const pixel = sharp(Uint8Array.of(200, 90, 30), { raw: { width: 1, height: 1, channels: 3 } });
  const wide = pixel.clone().resize(16, 16).withIccProfile('p3');
  const png = await decode(await wide.clone().png().toBuffer());
  const jpeg = await decode(await wide.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
  for (let channel = 0; channel < 3; channel++) {
    // withIccProfile converts, and decoding converts back.
    expect(Math.abs((png.data[channel] ?? 0) - ([200, 90, 30][channel] ?? 0))).toBeLessThanOrEqual(3);
    expect(Math.abs((png.data[channel] ?? 0) - (jpeg.data[channel] ?? 0))).toBeLessThanOrEqual(4);
  }
  const cmyk = await decode(await pixel.clone().resize(16, 16).toColourspace('cmyk').jpeg().toBuffer());
  expect(cmyk.data.length).toBe(16 * 16 * 3);
  expect(cmyk.data[0]).toBeGreaterThan(cmyk.data[2] ?? 255);
});

test('of an animated GIF the first picture, and what is transparent is white', async () => {
  const frames = await sharp(
    Uint8Array.from({ length: 4 * 8 * 4 }, (_, at) => (at < 64 ? 255 : at % 4 === 3 ? 255 : 0)),
    {
      raw: { width: 4, height: 8, channels: 4, pageHeight: 4 },
    },
  )
    .gif()
    .toBuffer();
  const image = await decode(frames);
  expect([image.width, image.height, image.data[0]]).toEqual([4, 4, 255]);
  const clear = await sharp(new Uint8Array(4 * 4 * 4), { raw: { width: 4, height: 4, channels: 4 } })
    .webp()
    .toBuffer();
  expect(new Set((await decode(clear)).data)).toEqual(new Set([255]));
});

test('what does not decode is called by its kind', async () => {
  const text = (bytes: string) => new TextEncoder().encode(bytes);
  await expect(decode(text('\0\0\0\x18ftypheic\0\0\0\0heic'))).rejects.toThrow(
    'a is a HEIC image; save it as PNG or JPEG, since browsers do not show it',
  );
  await expect(decode(text('<!doctype html><html>'))).rejects.toThrow('a is a web page; download the file itself');
  await expect(decode(Uint8Array.of(1, 2, 3))).rejects.toThrow('image: a does not decode; leave it out');
  const png = writePng({ width: 9, height: 9, depth: 8, colour: 2, sample: (x, y) => (x * y * 37) % 256 });
  await expect(decode(png.subarray(0, -40))).rejects.toThrow('a does not decode: it is cut short; leave it out');
  expect(
    (
      await decode(
        writePng({ width: 2, height: 1, depth: 8, colour: 0, sample: () => 7, before: [chunk('iCCP', [1])] }),
      )
    ).data[0],
  ).toBe(7);
});
