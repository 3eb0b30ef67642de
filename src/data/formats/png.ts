import { Unzlib } from 'fflate';
import { SaidError, sentence } from '../../language/sentence.ts';
import type { RgbImage } from '../import/resize.ts';

/** A PNG cannot be decoded; the message is a predicate, such as "is cut short". */
export class PngError extends SaidError {
  override readonly name = 'PngError';
}

/** A chunk of a PNG file. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Whether its checksum is right. */
  isIntact(): boolean;
}

interface Header {
  readonly width: number;
  readonly height: number;
  /** Bits per sample. */
  readonly depth: number;
  readonly colour: ColourType;
  readonly interlaced: boolean;
}

type ColourType = keyof typeof CHANNELS;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes of a chunk's length, type and checksum. */
const CHUNK_FRAME = 12;
const MOST_PIXELS = 64 * 2 ** 20;
/** Channels by colour type: grey, RGB, palette, grey with alpha, RGB with alpha. */
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
const DEPTHS: Readonly<Record<ColourType, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** Maximum expansion of deflate per compressed byte. */
const MOST_GROWTH = 1032;
/** Compressed bytes that are pushed at once: small, so that inflating stops soon after the last needed byte. */
const SLICE = 16 * 1024;

/** Pixels of an interlace pass: from (x, y), every `across` columns and `down` rows. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly across: number;
  readonly down: number;
}
const WHOLE: readonly Pass[] = [{ x: 0, y: 0, across: 1, down: 1 }];
const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, across: 8, down: 8 },
  { x: 4, y: 0, across: 8, down: 8 },
  { x: 0, y: 4, across: 4, down: 8 },
  { x: 2, y: 0, across: 4, down: 4 },
  { x: 0, y: 2, across: 2, down: 4 },
  { x: 1, y: 0, across: 2, down: 2 },
  { x: 0, y: 1, across: 1, down: 2 },
];

/** Whether a file begins with the PNG signature. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * Decodes a PNG (https://www.w3.org/TR/png-3/) in JavaScript, so that its pixels are the same everywhere; what is
 * transparent is white. As browsers do it, only what the pixels need is held to the rules: a side chunk that is broken is
 * as good as none, and the end may be missing. An animated PNG gives its default image.
 * Colour spaces are not looked at (`png-colours.ts`). Throws a `PngError`.
 */
export function readPng(bytes: Uint8Array): RgbImage {
  const chunks = pngChunks(bytes);
  const header = headerOf(chunks);
  const { width, height, depth, colour } = header;
  const samples = samplesOf(header, chunks);
  const opacities = chunks.find((chunk) => chunk.type === 'tRNS' && chunk.isIntact())?.data ?? new Uint8Array();
  const data = new Uint8Array(3 * width * height);
  const put = (pixel: number, red: number, green: number, blue: number, opaque: number) => {
    const white = 255 - opaque;
    data[3 * pixel] = Math.round((red * opaque) / 255 + white);
    data[3 * pixel + 1] = Math.round((green * opaque) / 255 + white);
    data[3 * pixel + 2] = Math.round((blue * opaque) / 255 + white);
  };
  if (colour === 3) {
    const palette = paletteOf(chunks);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const index = samples[pixel] ?? 0;
      const [red, green, blue] = palette.subarray(3 * index, 3 * index + 3);
      if (red === undefined || green === undefined || blue === undefined) {
        throw new PngError(sentence('formats.png.colour', { index }));
      }
      put(pixel, red, green, blue, opacities[index] ?? 255);
    }
    return { width, height, data };
  }
  const channels = CHANNELS[colour];
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  const hasOpacity = channels % 2 === 0;
  const transparent = hasOpacity ? null : transparentColour(opacities, channels);
  const most = 2 ** depth - 1;
  const value = (at: number) => ((samples[at] ?? 0) * 255) / most;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = channels * pixel;
    const isTransparent = () => transparent?.every((sample, channel) => samples[at + channel] === sample) ?? false;
    const opaque = hasOpacity ? value(at + channels - 1) : transparent !== null && isTransparent() ? 0 : 255;
    put(pixel, value(at), value(at + green), value(at + blue), opaque);
  }
  return { width, height, data };
}

/** The chunks of a PNG, as far as there are any; the last may be cut short. */
export function pngChunks(bytes: Uint8Array): readonly PngChunk[] {
  if (!isPng(bytes)) throw new PngError(sentence('formats.png.none'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at + 8 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const checked = bytes.subarray(at + 4, end);
    const checksum = end + 4 <= bytes.length ? view.getUint32(end) : null;
    chunks.push({ type, data: bytes.subarray(at + 8, end), isIntact: () => checksum === crc32(checked) });
    if (type === 'IEND') break;
    at = end + CHUNK_FRAME - 8;
  }
  return chunks;
}

function headerOf([first]: readonly PngChunk[]): Header {
  if (first === undefined || first.type !== 'IHDR' || first.data.length !== 13)
    throw new PngError(sentence('formats.png.none'));
  const { data } = first;
  const view = new DataView(data.buffer, data.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, type = 0, compression, filter, interlace = 0] = data.subarray(8);
  if (width * height > MOST_PIXELS || width * height === 0)
    throw new PngError(sentence('formats.png.size', { width, height }));
  const colour = ([0, 2, 3, 4, 6] as const).find((each) => each === type);
  if (colour === undefined || !DEPTHS[colour].includes(depth)) {
    throw new PngError(sentence('formats.png.depth', { depth, type }));
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) throw new PngError(sentence('formats.png.method'));
  return { width, height, depth, colour, interlaced: interlace === 1 };
}

/** The samples of all pixels, one after another, as they are written. */
function samplesOf(header: Header, chunks: readonly PngChunk[]): Uint8Array | Uint16Array {
  const { width, height, depth, colour, interlaced } = header;
  const channels = CHANNELS[colour];
  const passes = (interlaced ? ADAM7 : WHOLE).map((pass) => {
    const columns = Math.ceil(Math.max(0, width - pass.x) / pass.across);
    const rows = columns === 0 ? 0 : Math.ceil(Math.max(0, height - pass.y) / pass.down);
    return { ...pass, columns, rows, rowBytes: Math.ceil((columns * channels * depth) / 8) };
  });
  const size = passes.reduce((sum, { rows, rowBytes }) => sum + rows * (1 + rowBytes), 0);
  const raw = inflate(
    chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
    size,
  );
  const samples = new (depth > 8 ? Uint16Array : Uint8Array)(width * height * channels);
  const pixelBytes = Math.max(1, (channels * depth) / 8);
  let at = 0;
  for (const { x, y, across, down, columns, rows, rowBytes } of passes) {
    let above: Uint8Array = new Uint8Array(rowBytes);
    for (let row = 0; row < rows; row++) {
      const line = raw.subarray(at + 1, at + 1 + rowBytes);
      unfilter(raw[at] ?? 0, line, above, pixelBytes);
      // The usual case: bytes as they are.
      if (depth === 8 && !interlaced) samples.set(line, row * rowBytes);
      for (let column = 0; column < columns && (depth !== 8 || interlaced); column++) {
        const to = ((y + row * down) * width + x + column * across) * channels;
        for (let channel = 0; channel < channels; channel++) {
          samples[to + channel] = sampleAt(line, column * channels + channel, depth);
        }
      }
      above = line;
      at += 1 + rowBytes;
    }
  }
  return samples;
}

/** Sample `nth` of a line; below eight bits several lie in one byte, the first in the highest bits. */
function sampleAt(line: Uint8Array, nth: number, depth: number): number {
  if (depth === 8) return line[nth] ?? 0;
  if (depth === 16) return (line[2 * nth] ?? 0) * 256 + (line[2 * nth + 1] ?? 0);
  const bit = nth * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

/**
 * Reverses a scanline's filter in place. `left` is the distance in bytes to the corresponding byte of the pixel before.
 */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, left: number): void {
  const before = (row: Uint8Array, at: number) => (at < left ? 0 : (row[at - left] ?? 0));
  const add = (at: number, predicted: number) => {
    line[at] = (line[at] ?? 0) + predicted;
  };
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let at = left; at < line.length; at++) add(at, line[at - left] ?? 0);
      return;
    case 2:
      for (let at = 0; at < line.length; at++) add(at, above[at] ?? 0);
      return;
    case 3:
      for (let at = 0; at < line.length; at++) add(at, (before(line, at) + (above[at] ?? 0)) >> 1);
      return;
    case 4:
      for (let at = 0; at < line.length; at++) add(at, paeth(before(line, at), above[at] ?? 0, before(above, at)));
      return;
    default:
      throw new PngError(sentence('formats.png.filter', { filter: String(filter) }));
  }
}

/** The Paeth predictor (PNG, 9.4): whichever of left, above and above left is nearest to left + above - above left. */
function paeth(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - 2 * c);
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}

/** Inflates the first `size` bytes of these IDAT parts. Throws a `PngError` if there are fewer. */
function inflate(parts: readonly Uint8Array[], size: number): Uint8Array {
  const packed = parts.reduce((sum, { length }) => sum + length, 0);
  // Nothing is allocated for pixels that the file has no bytes for.
  if (size > MOST_GROWTH * packed) throw new PngError(sentence('formats.png.cut'));
  const bytes = new Uint8Array(size);
  let filled = 0;
  const stream = new Unzlib((chunk) => {
    const wanted = chunk.subarray(0, size - filled);
    bytes.set(wanted, filled);
    filled += wanted.length;
  });
  try {
    for (const part of parts) {
      for (let at = 0; at < part.length && filled < size; at += SLICE) stream.push(part.subarray(at, at + SLICE));
    }
  } catch (cause) {
    throw new PngError(sentence('formats.png.damaged'), { cause });
  }
  if (filled < size) throw new PngError(sentence('formats.png.cut'));
  return bytes;
}

function paletteOf(chunks: readonly PngChunk[]): Uint8Array {
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
  if (palette === undefined || palette.length === 0 || palette.length % 3 !== 0)
    throw new PngError(sentence('formats.png.noPalette'));
  return palette;
}

/** The samples of the transparent colour of a tRNS chunk; null if there is none. */
function transparentColour(bytes: Uint8Array, samples: number): readonly number[] | null {
  if (bytes.length !== 2 * samples) return null;
  return Array.from({ length: samples }, (_, nth) => (bytes[2 * nth] ?? 0) * 256 + (bytes[2 * nth + 1] ?? 0));
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** The checksum of PNG, zip and gzip (ISO 3309), of bytes that follow others with the checksum `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
