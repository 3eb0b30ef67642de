import sharp from 'sharp';
import { type DecodeImage, imageError, pngsOr } from '../../src/data/import/decode-image.ts';
import type { RgbImage } from '../../src/data/import/resize.ts';
import { sniff } from '../../src/data/import/sniff.ts';
import { type Phrase, sentence } from '../../src/language/sentence.ts';

const MOST_PIXELS = 64 * 2 ** 20;

/**
 * Any image that sharp knows, as the page would show it: turned as its EXIF says, in sRGB, of an animation the first
 * picture, on white. PNGs in sRGB are decoded as in the page, so that their pixels are the same; those of other formats
 * may differ from a browser's by a step or two, since decoders round and enlarge in their own ways.
 */
export const decodeInNode: DecodeImage = pngsOr(async (bytes, name) => {
  if (sniff(bytes) === 'bmp') return decodeBmp(bytes, name);
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, pages: 1, failOn: 'error' })
      .rotate()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (cause) {
    throw imageError(name, sentence('data.image.undecoded'), cause);
  }
});

const [RGB, BITFIELDS, ALPHA_BITFIELDS] = [0, 3, 6];
/** Red, green and blue where a file with 16 or 32 bits does not say. */
const MASKS: Readonly<Record<number, readonly number[]>> = {
  16: [0x7c00, 0x03e0, 0x001f],
  32: [0xff0000, 0x00ff00, 0x0000ff],
};

/** Decodes an uncompressed BMP, which sharp cannot read. Throws a `DataError` if it is compressed or damaged. */
export function decodeBmp(bytes: Uint8Array, name: Phrase): RgbImage {
  const fail = (problem: string) => imageError(name, problem);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) throw fail('is cut short');
  const [pixels, header] = [view.getUint32(10, true), view.getUint32(14, true)];
  const isCore = header === 12;
  if (!isCore && bytes.length < 54) throw fail('is cut short');
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const tall = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? RGB : view.getUint32(30, true);
  const height = Math.abs(tall);
  if (width <= 0 || height === 0 || width * height > MOST_PIXELS) throw fail(`would have ${width} × ${height} pixels`);
  if (![RGB, BITFIELDS, ALPHA_BITFIELDS].includes(compression)) throw fail('is compressed');
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw fail(`has ${bits} bits a pixel`);
  const stride = 4 * Math.ceil((width * bits) / 32);
  if (pixels + stride * height > bytes.length) throw fail('is cut short');
  const masks = compression === RGB ? (MASKS[bits] ?? []) : [54, 58, 62].map((at) => view.getUint32(at, true));
  const palette = 14 + header;
  const entry = isCore ? 3 : 4;

  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    // Rows come from below, unless the height is negative.
    const row = pixels + stride * (tall > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) data.set(colourAt(row, x), (y * width + x) * 3);
  }
  return { width, height, data };

  function colourAt(row: number, x: number): readonly number[] {
    if (bits === 24) return blueFirst(row + 3 * x);
    if (bits > 8) {
      const value = bits === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
      return masks.map((mask) => (mask === 0 ? 0 : Math.round((((value & mask) >>> 0) / (mask >>> 0)) * 255)));
    }
    const byte = bytes[row + Math.floor((x * bits) / 8)] ?? 0;
    const index = (byte >> (8 - bits - ((x * bits) % 8))) & (2 ** bits - 1);
    return blueFirst(palette + entry * index);
  }

  function blueFirst(at: number): readonly number[] {
    return [bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0];
  }
}
