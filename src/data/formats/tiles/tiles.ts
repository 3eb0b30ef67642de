import { ArithmeticDecoder, ArithmeticEncoder, type BitCoder } from './arithmetic-coder.ts';
import { contextOf, MixedBits } from './mixed-bits.ts';

/** Bits of each channel. */
const BITS = 6;
const TOP = (1 << BITS) - 1;
/** A colour is green, red and blue in one number, 8 bits each. */
const WHITE = TOP * 0x10101;
/** The number of earlier tiles from which one is chosen to predict a tile. */
const REACH = 127;

/** What a decoder has to know of square RGB images of one size: their side, and the kind of each, such as its designer. */
export interface TileSheet {
  readonly size: number;
  /** Tiles are predicted from earlier ones of their kind, so images of a kind should lie together. */
  readonly kinds: readonly number[];
}

/** The nearest of 64 levels, as the byte that it is decoded to. */
export function quantised(byte: number): number {
  return Math.round((Math.round((byte * TOP) / 255) * 255) / TOP);
}

/** Images as RGB bytes, [count, size, size, 3], in a lossless code of their `quantised` bytes. */
export function encodeTiles(images: Uint8Array, sheet: TileSheet): Uint8Array {
  const level = (byte = 0) => Math.round((byte * TOP) / 255);
  const pixels = Int32Array.from({ length: images.length / 3 }, (_, at) => {
    const [red, green, blue] = [level(images[3 * at]), level(images[3 * at + 1]), level(images[3 * at + 2])];
    return (green << 16) | (red << 8) | blue;
  });
  const encoder = new ArithmeticEncoder();
  codeTiles(encoder, sheet, pixels, (tile) => nearestBefore(tile, sheet, pixels));
  return encoder.finish();
}

/** The images that `encodeTiles` was given, quantised: RGB bytes, [count, size, size, 3]. */
export function decodeTiles(bytes: Uint8Array, sheet: TileSheet): Uint8Array {
  const pixels = new Int32Array(sheet.kinds.length * sheet.size * sheet.size);
  codeTiles(new ArithmeticDecoder(bytes), sheet, pixels, () => 0);
  const levels = Uint8Array.from({ length: TOP + 1 }, (_, level) => Math.round((level * 255) / TOP));
  const images = new Uint8Array(3 * pixels.length);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at] ?? 0;
    images[3 * at] = levels[(pixel >> 8) & TOP] ?? 0;
    images[3 * at + 1] = levels[pixel >> 16] ?? 0;
    images[3 * at + 2] = levels[pixel & TOP] ?? 0;
  }
  return images;
}

/** How far back the tile lies that has most pixels in common with this one; 0 where there is none of its kind. */
function nearestBefore(tile: number, { size, kinds }: TileSheet, pixels: Int32Array): number {
  const area = size * size;
  let [best, most] = [0, -1];
  for (let back = 1; back <= Math.min(tile, REACH); back++) {
    if (kinds[tile - back] !== kinds[tile]) break;
    let same = 0;
    for (let at = tile * area; at < (tile + 1) * area; at++) {
      if (pixels[at] === pixels[at - back * area]) same += pixels[at] === WHITE ? 1 : 3;
    }
    if (same > most) [best, most] = [back, same];
  }
  return best;
}

/** Codes all tiles in order; a decoder fills `pixels` in. `referenceOf` says how far back a tile's reference lies. */
function codeTiles(
  coder: BitCoder,
  { size, kinds }: TileSheet,
  pixels: Int32Array,
  referenceOf: (tile: number) => number,
): void {
  const model = new PixelModel(coder, size);
  const area = size * size;
  for (const [tile, kind] of kinds.entries()) {
    const wanted = referenceOf(tile);
    let back = 0;
    for (let bit = 6; bit >= 0; bit--) back = 2 * back + coder.code((wanted >> bit) & 1, 1 << 15);
    if (back > tile) return;
    const at = tile * area;
    const reference = back === 0 ? null : pixels.subarray(at - back * area, at - back * area + area);
    model.code(pixels.subarray(at, at + area), reference, kind);
  }
}

/** Colours for which a pixel has a flag each, and the first set of weights for the bits of channels. */
const FLAGS = 4;

/**
 * Codes the pixels of a tile: whether each has the colour of its place in the reference tile, or of the pixel to the
 * left, above, or above to the right; and otherwise its channels bit by bit.
 */
class PixelModel {
  readonly #bits: MixedBits;
  readonly #size: number;
  /** The tile and its reference with a white border of one pixel. */
  readonly #tile: Int32Array;
  readonly #reference: Int32Array;
  /** The colours that are known around a pixel. */
  readonly #before = new Int32Array(7);

  constructor(coder: BitCoder, size: number) {
    this.#bits = new MixedBits(coder, FLAGS + 3 * (TOP + 1));
    this.#size = size;
    this.#tile = new Int32Array((size + 2) * (size + 2));
    this.#reference = new Int32Array(this.#tile.length);
  }

  code(pixels: Int32Array, reference: Int32Array | null, kind: number): void {
    const size = this.#size;
    this.#tile.fill(WHITE);
    this.#reference.fill(WHITE);
    if (reference !== null) {
      for (let y = 0; y < size; y++) {
        this.#reference.set(reference.subarray(y * size, (y + 1) * size), (y + 1) * (size + 2) + 1);
      }
    }
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const at = (y + 1) * (size + 2) + x + 1;
        const pixel = this.#pixel(pixels[y * size + x] ?? 0, at, kind);
        pixels[y * size + x] = pixel;
        this.#tile[at] = pixel;
      }
    }
  }

  #pixel(pixel: number, at: number, kind: number): number {
    const [tile, reference, row] = [this.#tile, this.#reference, this.#size + 2];
    const left = tile[at - 1] ?? 0;
    const above = tile[at - row] ?? 0;
    const corner = tile[at - row - 1] ?? 0;
    const right = tile[at - row + 1] ?? 0;
    const here = reference[at] ?? 0;
    const matches =
      (left === reference[at - 1] ? 1 : 0) |
      (above === reference[at - row] ? 2 : 0) |
      (corner === reference[at - row - 1] ? 4 : 0) |
      (right === reference[at - row + 1] ? 8 : 0);
    const equal =
      (left === above ? 1 : 0) |
      (above === right ? 2 : 0) |
      (corner === above ? 4 : 0) |
      (left === corner ? 8 : 0) |
      (left === WHITE ? 16 : 0) |
      (above === WHITE ? 32 : 0);
    const around =
      (here === left ? 1 : 0) |
      (here === above ? 2 : 0) |
      (here === reference[at + 1] ? 4 : 0) |
      (here === reference[at + row] ? 8 : 0);
    const a = contextOf(-1, matches, equal, 0);
    const b = contextOf(-2, matches, around, equal >> 4);
    const c = contextOf(-3, equal, around, kind);
    const bits = this.#bits;
    if (bits.code(pixel === here ? 1 : 0, 0, a, b, c) === 1) return here;
    if (left !== here && bits.code(pixel === left ? 1 : 0, 1, a + 1, b + 1, c + 1) === 1) return left;
    const isNew = above !== here && above !== left;
    if (isNew && bits.code(pixel === above ? 1 : 0, 2, a + 2, b + 2, c + 2) === 1) return above;
    const isOther = right !== here && right !== left && right !== above;
    if (isOther && bits.code(pixel === right ? 1 : 0, 3, a + 3, b + 3, c + 3) === 1) return right;
    return this.#channels(pixel, at, kind);
  }

  /** Green first: where an edge is a mixture of the colours beside it, its red and blue follow from that. */
  #channels(pixel: number, at: number, kind: number): number {
    const [tile, reference, row] = [this.#tile, this.#reference, this.#size + 2];
    const left = tile[at - 1] ?? 0;
    const above = tile[at - row] ?? 0;
    const corner = tile[at - row - 1] ?? 0;
    const right = tile[at - row + 1] ?? 0;
    const here = reference[at] ?? 0;
    const before = this.#before;
    before[0] = left;
    before[1] = above;
    before[2] = right;
    before[3] = corner;
    before[4] = here;
    before[5] = reference[at + 1] ?? 0;
    before[6] = reference[at + row] ?? 0;
    let [dark, light] = [left, left];
    for (let nth = 1; nth < before.length; nth++) {
      const colour = before[nth] ?? 0;
      if (colour >> 16 < dark >> 16) dark = colour;
      if (colour >> 16 > light >> 16) light = colour;
    }
    const beside = above !== left ? above : right !== left ? right : here;

    const gradient = gradientOf(left >> 16, above >> 16, corner >> 16);
    const change = (left >> 16) - ((reference[at - 1] ?? 0) >> 16) + (above >> 16) - ((reference[at - row] ?? 0) >> 16);
    const moved = Math.max(0, Math.min(TOP, (here >> 16) + (change >> 1)));
    const green = this.#channel(0, (pixel >> 16) & TOP, left >> 16, above >> 16, (gradient << 8) | moved, 0, kind);
    let known = green;
    for (let channel = 1; channel < 3; channel++) {
      const shift = channel === 1 ? 8 : 0;
      const wide = between(dark, light, green, shift);
      const near = between(left, beside, green, shift);
      const smooth = gradientOf((left >> shift) & TOP, (above >> shift) & TOP, (corner >> shift) & TOP);
      const value = this.#channel(channel, (pixel >> shift) & TOP, wide, near, (smooth << 8) | wide, known, kind);
      known = (known << 8) | value;
    }
    return known;
  }

  /**
   * A channel's value, its highest bit first, predicted from a pair, a number, and the kind with the channels before. The
   * contexts of three bits lie side by side in memory.
   */
  #channel(channel: number, value: number, a: number, b: number, c: number, known: number, kind: number): number {
    let node = 1;
    for (let half = BITS - 3; half >= 0; half -= 3) {
      const place = (channel << 8) | node;
      const pair = contextOf(place, a, b, 4) << 3;
      const single = contextOf(place, c, 0, 5) << 3;
      const colour = contextOf(place, known, kind, 6) << 3;
      let nearby = 1;
      for (let bit = half + 2; bit >= half; bit--) {
        const mixer = FLAGS + channel * (TOP + 1) + node;
        const coded = this.#bits.code((value >> bit) & 1, mixer, pair | nearby, single | nearby, colour | nearby);
        node = 2 * node + coded;
        nearby = 2 * nearby + coded;
      }
    }
    return node & TOP;
  }
}

/** The median of the left pixel, the one above, and the plane through them and their corner, as in LOCO-I. */
function gradientOf(left: number, above: number, corner: number): number {
  const [low, high] = left < above ? [left, above] : [above, left];
  return corner >= high ? low : corner <= low ? high : left + above - corner;
}

/** The channel at `shift` of the mixture of two colours that has this green. */
function between(a: number, b: number, green: number, shift: number): number {
  const [from, to] = [(a >> shift) & TOP, (b >> shift) & TOP];
  const span = (b >> 16) - (a >> 16);
  if (span === 0) return from;
  return Math.max(0, Math.min(TOP, Math.round(from + ((green - (a >> 16)) * (to - from)) / span)));
}
