import { zlibSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../core/bytes.ts';
import { bigEndian, chunk, curveTag, profileChunk, type WrittenPng, writePng } from '../../testing/data/png-files.ts';
import { readPng } from './png.ts';
import { hasOtherColours } from './png-colours.ts';

/** Sizes at which some passes of an interlaced image are empty. */
const SIZES = [
  [1, 1],
  [3, 2],
  [9, 11],
] as const;
const KINDS = [
  ...[1, 2, 4, 8, 16].map((depth) => [0, depth] as const),
  ...[8, 16].flatMap((depth) => [[2, depth] as const, [4, depth] as const, [6, depth] as const]),
];
const PALETTE = chunk('PLTE', [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7]);

describe('a PNG is decoded', () => {
  const cases = KINDS.flatMap(([colour, depth]) =>
    [false, true].map((interlaced) => [colour, depth, interlaced] as const),
  );
  test.each(cases)('of colour type %i with %i bits, interlaced: %s', (colour, depth, interlaced) => {
    const most = 2 ** depth - 1;
    const sample = (x: number, y: number, channel: number) => (x * 7919 + y * 104729 + channel * 31337) % (most + 1);
    for (const [width, height] of SIZES) {
      const image = readPng(writePng({ width, height, depth, colour, interlaced, sample }));
      const expected = Array.from({ length: width * height }, (_, at) => {
        const value = (channel: number) => (255 * sample(at % width, Math.floor(at / width), channel)) / most;
        const opaque = colour === 4 ? value(1) : colour === 6 ? value(3) : 255;
        const rgb = [0, 1, 2].map((channel) => value(colour === 2 || colour === 6 ? channel : 0));
        return rgb.map((each) => Math.round((each * opaque) / 255 + 255 - opaque));
      });
      expect(image).toEqual({ width, height, data: Uint8Array.from(expected.flat()) });
    }
  });

  test.each([1, 2, 4, 8])('with a palette and %i bits, some colours transparent', (depth) => {
    const colours = [
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [9, 8, 7],
    ] as const;
    const sample = (x: number, y: number) => (x + y) % Math.min(4, 2 ** depth);
    for (const interlaced of [false, true]) {
      // More opacities than colours, as some programs write them.
      const before = [PALETTE, chunk('tRNS', [0, 51, 255, 255, 255, 255])];
      const { data } = readPng(writePng({ width: 5, height: 3, depth, colour: 3, interlaced, sample, before }));
      for (let at = 0; at < 15; at++) {
        const index = sample(at % 5, Math.floor(at / 5));
        const opaque = [0, 51][index] ?? 255;
        const expected = (colours[index] ?? []).map((each) => Math.round((each * opaque) / 255 + 255 - opaque));
        expect([...data.subarray(3 * at, 3 * at + 3)]).toEqual(expected);
      }
    }
  });

  test('with the one transparent colour white, in grey and RGB', () => {
    const grey = { width: 3, height: 1, depth: 8, colour: 0, sample: (x: number) => x * 40 } as const;
    expect([...readPng(writePng({ ...grey, before: [chunk('tRNS', [0, 40])] })).data]).toEqual(
      [0, 255, 80].flatMap((value) => [value, value, value]),
    );
    const rgb = { width: 3, height: 1, depth: 8, colour: 2, sample: (x: number) => x } as const;
    expect([...readPng(writePng({ ...rgb, before: [chunk('tRNS', [0, 1, 0, 1, 0, 1])] })).data]).toEqual(
      [0, 255, 2].flatMap((value) => [value, value, value]),
    );
    // Of 16 bits all count: 257 is not 256.
    const deep = { width: 2, height: 1, depth: 16, colour: 0, sample: (x: number) => 256 + x } as const;
    expect([...readPng(writePng({ ...deep, before: [chunk('tRNS', [1, 1])] })).data]).toEqual([1, 1, 1, 255, 255, 255]);
  });

  test('as another decoder has it: grey, RGB, palettes, interlaced or not', async () => {
    const data = Buffer.from(Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * at) % 253));
    const image = sharp(data, { raw: { width: 40, height: 30, channels: 3 } });
    for (const options of [
      {},
      { progressive: true },
      { palette: true },
      { palette: true, progressive: true, colours: 4 },
    ]) {
      const png = await image.clone().png(options).toBuffer();
      const theirs = await sharp(png).removeAlpha().raw().toBuffer();
      expect(readPng(png).data).toEqual(new Uint8Array(theirs));
    }
  });
});

describe('what the pixels do not need may be broken', () => {
  const image: WrittenPng = {
    width: 4,
    height: 4,
    depth: 8,
    colour: 2,
    sample: (x, y, channel) => x * 60 + y + channel,
  };
  const whole = writePng(image);
  const pixels = readPng(whole).data;

  test('side chunks of any content, and those whose checksum is wrong', () => {
    const wrong = [
      chunk('pHYs', [1]),
      chunk('iCCP', [0, 0, 9]),
      chunk('tEXt', []),
      chunk('gAMA', [1]),
      chunk('eXIf', [1, 2, 3]),
      chunk('tRNS', [1, 2, 3]),
      chunk('tRNS', [0, 0, 0, 1, 0, 2], false),
      chunk('zzZz', new Uint8Array(300)),
    ];
    for (const before of wrong.map((each) => [each]))
      expect(readPng(writePng({ ...image, before })).data).toEqual(pixels);
  });

  test('the end may be missing, or something else may follow', () => {
    expect(readPng(whole.subarray(0, -12)).data).toEqual(pixels);
    expect(readPng(whole.subarray(0, -5)).data).toEqual(pixels);
    expect(readPng(concatBytes([whole, new Uint8Array(500)])).data).toEqual(pixels);
    const cut = concatBytes([whole.subarray(0, -12), chunk('tEXt', new Uint8Array(50)).subarray(0, 30)]);
    expect(readPng(cut).data).toEqual(pixels);
  });

  test('what is cut short in its pixels, damaged or no PNG is refused, and nothing made for what is only declared', () => {
    const problem = (bytes: Uint8Array) => () => readPng(bytes);
    expect(problem(whole.subarray(0, -30))).toThrow('it is cut short');
    expect(problem(Uint8Array.of(1, 2, 3))).toThrow('is not a PNG');
    const damaged = whole.slice();
    damaged.fill(0xff, 41 + 2, 41 + 6);
    expect(problem(damaged)).toThrow('it is damaged');
    const header = (width: number, height: number, rest: readonly number[]) =>
      concatBytes([
        whole.subarray(0, 8),
        chunk('IHDR', [...bigEndian([width, height]), ...rest]),
        chunk('IDAT', zlibSync(new Uint8Array(9))),
      ]);
    expect(problem(header(8000, 8000, [8, 2, 0, 0, 0]))).toThrow('it is cut short');
    expect(problem(header(1e6, 1e6, [8, 2, 0, 0, 0]))).toThrow('would have 1000000 × 1000000 pixels');
    expect(problem(header(2, 2, [5, 2, 0, 0, 0]))).toThrow('has 5 bits per sample in colours of type 2');
    expect(problem(header(2, 2, [8, 3, 0, 0, 0]))).toThrow('it has no palette');
    expect(problem(header(1, 1, [8, 3, 0, 0, 0]))).toThrow('it has no palette');
  });
});

describe('colours other than sRGB are told', () => {
  const told = (...before: readonly Uint8Array[]) =>
    hasOtherColours(writePng({ width: 1, height: 1, depth: 8, colour: 2, sample: () => 9, before }));
  const SRGB = [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ];
  const P3 = [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ];

  test('by an ICC profile, whatever it is called', () => {
    expect(told(profileChunk(SRGB, curveTag('srgb')))).toBe(false);
    expect(told(profileChunk(P3, curveTag('srgb')))).toBe(true);
    expect(told(profileChunk(SRGB, curveTag(1.8)))).toBe(true);
    expect(told(profileChunk(SRGB, curveTag(2.2)))).toBe(true);
    expect(told(profileChunk(SRGB, new Uint8Array(40)))).toBe(true);
    // One that cannot be unpacked, as browsers take it.
    expect(told(chunk('iCCP', [65, 0, 0, 1, 2, 3]))).toBe(false);
  });

  test('by gamma, primaries and code points; sRGB is nothing to tell', () => {
    expect([told(), told(chunk('sRGB', [0])), told(chunk('gAMA', bigEndian([45455])))]).toEqual([false, false, false]);
    expect(told(chunk('gAMA', bigEndian([100000])))).toBe(true);
    expect(told(chunk('sRGB', [0]), chunk('gAMA', bigEndian([100000])))).toBe(false);
    const rec2020 = [31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600];
    expect(told(chunk('gAMA', bigEndian([45455])), chunk('cHRM', bigEndian(rec2020)))).toBe(true);
    expect([told(chunk('cICP', [1, 13, 0, 1])), told(chunk('cICP', [12, 13, 0, 1]))]).toEqual([false, true]);
    expect(told(chunk('cICP', [9, 16, 0, 1]), chunk('sRGB', [0]))).toBe(true);
    expect(told(chunk('gAMA', bigEndian([100000]), false))).toBe(false);
  });
});
