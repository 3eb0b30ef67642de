import { type DecodedPng, decode } from 'fast-png';
import { DataError } from '../error.ts';
import type { Rgb } from './resize.ts';

/** Turns the bytes of an image file into pixels. Rejects where they are no image that it knows. */
export type DecodeImage = (bytes: Uint8Array, name: string) => Promise<Rgb>;

const MOST_PIXELS = 64 * 2 ** 20;
const REMEDY = 'leave it out or save it again';
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** A PNG, the same pixels everywhere; what is transparent is white. Throws a `DataError` where it cannot be read. */
export function decodePng(bytes: Uint8Array, name: string): Rgb {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPng(bytes) || bytes.length < 33) throw new DataError('image', `${name} is no PNG`, REMEDY);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width * height > MOST_PIXELS || width * height === 0) {
    throw new DataError('image', `${name} would have ${width} × ${height} pixels`, REMEDY);
  }
  let png: DecodedPng;
  try {
    // A copy of its own, since the decoder reads the whole buffer that lies behind.
    png = decode(bytes.slice());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataError('image', `${name} does not decode (${reason})`, REMEDY, cause);
  }
  if (png.width !== width || png.height !== height) throw new DataError('image', `${name} does not decode`, REMEDY);
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red = 0, green = 0, blue = 0, opaque = 255] = colourOf(png, pixel);
    const white = 255 - opaque;
    pixels[pixel * 3] = Math.round((red * opaque) / 255 + white);
    pixels[pixel * 3 + 1] = Math.round((green * opaque) / 255 + white);
    pixels[pixel * 3 + 2] = Math.round((blue * opaque) / 255 + white);
  }
  return { width, height, data: pixels };
}

/** Red, green, blue and perhaps opacity of a pixel, 0 to 255. */
function colourOf(png: DecodedPng, pixel: number): readonly number[] {
  const { channels, palette, depth } = png;
  if (palette !== undefined) return palette[sampleOf(png, pixel)] ?? [];
  const value = (channel: number) => (sampleOf(png, pixel * channels + channel) * 255) / (2 ** depth - 1);
  const [first, second] = [value(0), value(1)];
  if (channels === 1) return [first, first, first];
  if (channels === 2) return [first, first, first, second];
  return channels === 3 ? [first, second, value(2)] : [first, second, value(2), value(3)];
}

/** Below eight bits several lie in one byte, and every row begins with a new one. */
function sampleOf({ data, depth, width }: DecodedPng, index: number): number {
  if (depth >= 8) return data[index] ?? 0;
  const perRow = Math.ceil((width * depth) / 8);
  const bit = (index % width) * depth;
  const byte = data[Math.floor(index / width) * perRow + (bit >> 3)] ?? 0;
  return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/** Decodes PNGs alone, in the terminal and in tests, where nobody knows other formats. */
export const decodePngOnly: DecodeImage = async (bytes, name) => decodePng(bytes, name);
