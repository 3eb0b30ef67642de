import { ArithmeticCoder } from './arithmetic-coder';
import { contextOf, MixedBits } from './mixed-bits';

/** Bits of each channel. */
const BITS = 6;
const TOP = (1 << BITS) - 1;
/** A colour is green, red and blue in one number, 8 bits each. */
const WHITE = TOP * 0x10101;
/** The number of earlier tiles from which one is chosen to predict a tile. */
const REACH = 127;
/** Colours for which a pixel has a flag each, and the first set of weights for the bits of channels. */
const FLAGS = 4;
/** Bytes of a colour in memory. */
const COLOUR = 4;

/** Room for this many bytes, for the whole life of the module. */
export function reserve(bytes: i32): usize {
  return heap.alloc(bytes);
}

/** Writes the code of `count` tiles of `size` pixels a side to `to` and returns its length in bytes. */
export function encode(pixels: usize, kinds: usize, count: i32, size: i32, to: usize): i32 {
  const coder = new ArithmeticCoder(true, to, to);
  codeTiles(coder, true, pixels, kinds, count, size);
  return coder.finish();
}

/** Fills `pixels` in from the code between `from` and `end`. */
export function decode(pixels: usize, kinds: usize, count: i32, size: i32, from: usize, end: usize): void {
  codeTiles(new ArithmeticCoder(false, from, end), false, pixels, kinds, count, size);
}

/** Codes all tiles in order. Each is predicted from an earlier one of its kind, its reference, if there is one. */
function codeTiles(coder: ArithmeticCoder, encodes: bool, pixels: usize, kinds: usize, count: i32, size: i32): void {
  const model = new PixelModel(coder, size);
  const bytes = size * size * COLOUR;
  for (let tile = 0; tile < count; tile++) {
    const at = pixels + tile * bytes;
    const wanted = encodes ? nearestBefore(tile, at, bytes, kinds) : 0;
    let back = 0;
    for (let bit = 6; bit >= 0; bit--) back = 2 * back + coder.code((wanted >> bit) & 1, 1 << 15);
    if (back > tile) return;
    model.code(at, back == 0 ? 0 : at - back * bytes, load<u8>(kinds + tile));
  }
}

/** How far back the tile lies that has most pixels in common with this one; 0 where there is none of its kind. */
function nearestBefore(tile: i32, at: usize, bytes: i32, kinds: usize): i32 {
  let best = 0;
  let most = -1;
  for (let back = 1; back <= min(tile, REACH); back++) {
    if (load<u8>(kinds + tile - back) != load<u8>(kinds + tile)) break;
    let same = 0;
    for (let offset = 0; offset < bytes; offset += COLOUR) {
      const colour = load<i32>(at + offset);
      if (colour == load<i32>(at + offset - back * bytes)) same += colour == WHITE ? 1 : 3;
    }
    if (same > most) {
      best = back;
      most = same;
    }
  }
  return best;
}

/**
 * Codes the pixels of a tile: whether each has the colour of its place in the reference tile, or of the pixel to the
 * left, above, or above to the right; and otherwise its channels bit by bit.
 */
@final
class PixelModel {
  private readonly bits: MixedBits;
  /** The tile and its reference with a white border of one pixel. */
  private readonly tile: StaticArray<i32>;
  private readonly reference: StaticArray<i32>;
  /** The colours that are known around a pixel. */
  private readonly before: StaticArray<i32> = new StaticArray<i32>(7);

  constructor(
    coder: ArithmeticCoder,
    private readonly size: i32,
  ) {
    this.bits = new MixedBits(coder, FLAGS + 3 * (TOP + 1));
    this.tile = new StaticArray<i32>((size + 2) * (size + 2));
    this.reference = new StaticArray<i32>((size + 2) * (size + 2));
  }

  /** `reference` is 0 where there is none. */
  code(pixels: usize, reference: usize, kind: i32): void {
    const size = this.size;
    this.tile.fill(WHITE);
    this.reference.fill(WHITE);
    for (let y = 0; reference != 0 && y < size; y++) {
      const row = changetype<usize>(this.reference) + ((y + 1) * (size + 2) + 1) * COLOUR;
      memory.copy(row, reference + y * size * COLOUR, size * COLOUR);
    }
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const at = (y + 1) * (size + 2) + x + 1;
        const place = pixels + (y * size + x) * COLOUR;
        const pixel = this.pixel(load<i32>(place), at, kind);
        store<i32>(place, pixel);
        unchecked((this.tile[at] = pixel));
      }
    }
  }

  private pixel(pixel: i32, at: i32, kind: i32): i32 {
    const tile = this.tile;
    const reference = this.reference;
    const row = this.size + 2;
    const left = unchecked(tile[at - 1]);
    const above = unchecked(tile[at - row]);
    const corner = unchecked(tile[at - row - 1]);
    const right = unchecked(tile[at - row + 1]);
    const here = unchecked(reference[at]);
    const matches =
      i32(left == unchecked(reference[at - 1])) |
      (i32(above == unchecked(reference[at - row])) << 1) |
      (i32(corner == unchecked(reference[at - row - 1])) << 2) |
      (i32(right == unchecked(reference[at - row + 1])) << 3);
    const equal =
      i32(left == above) |
      (i32(above == right) << 1) |
      (i32(corner == above) << 2) |
      (i32(left == corner) << 3) |
      (i32(left == WHITE) << 4) |
      (i32(above == WHITE) << 5);
    const around =
      i32(here == left) |
      (i32(here == above) << 1) |
      (i32(here == unchecked(reference[at + 1])) << 2) |
      (i32(here == unchecked(reference[at + row])) << 3);
    const a = contextOf(-1, matches, equal, 0);
    const b = contextOf(-2, matches, around, equal >> 4);
    const c = contextOf(-3, equal, around, kind);
    if (this.flag(0, pixel == here, a, b, c)) return here;
    if (left != here && this.flag(1, pixel == left, a, b, c)) return left;
    const isNew = above != here && above != left;
    if (isNew && this.flag(2, pixel == above, a, b, c)) return above;
    const isOther = right != here && right != left && right != above;
    if (isOther && this.flag(3, pixel == right, a, b, c)) return right;
    return this.channels(pixel, at, kind);
  }

  @inline
  private flag(nth: i32, holds: bool, a: i32, b: i32, c: i32): bool {
    return this.bits.code(i32(holds), nth, a + nth, b + nth, c + nth) == 1;
  }

  /** Green first: where an edge is a mixture of the colours beside it, its red and blue follow from that. */
  private channels(pixel: i32, at: i32, kind: i32): i32 {
    const tile = this.tile;
    const reference = this.reference;
    const row = this.size + 2;
    const left = unchecked(tile[at - 1]);
    const above = unchecked(tile[at - row]);
    const corner = unchecked(tile[at - row - 1]);
    const right = unchecked(tile[at - row + 1]);
    const here = unchecked(reference[at]);
    const before = this.before;
    unchecked((before[0] = left));
    unchecked((before[1] = above));
    unchecked((before[2] = right));
    unchecked((before[3] = corner));
    unchecked((before[4] = here));
    unchecked((before[5] = reference[at + 1]));
    unchecked((before[6] = reference[at + row]));
    let dark = left;
    let light = left;
    for (let nth = 1; nth < before.length; nth++) {
      const colour = unchecked(before[nth]);
      if (colour >> 16 < dark >> 16) dark = colour;
      if (colour >> 16 > light >> 16) light = colour;
    }
    const beside = above != left ? above : right != left ? right : here;

    const gradient = gradientOf(left >> 16, above >> 16, corner >> 16);
    const change =
      (left >> 16) - (unchecked(reference[at - 1]) >> 16) + (above >> 16) - (unchecked(reference[at - row]) >> 16);
    const moved = clamped((here >> 16) + (change >> 1));
    const green = this.channel(0, (pixel >> 16) & TOP, left >> 16, above >> 16, (gradient << 8) | moved, 0, kind);
    let known = green;
    for (let channel = 1; channel < 3; channel++) {
      const shift = channel == 1 ? 8 : 0;
      const wide = between(dark, light, green, shift);
      const near = between(left, beside, green, shift);
      const smooth = gradientOf((left >> shift) & TOP, (above >> shift) & TOP, (corner >> shift) & TOP);
      const value = this.channel(channel, (pixel >> shift) & TOP, wide, near, (smooth << 8) | wide, known, kind);
      known = (known << 8) | value;
    }
    return known;
  }

  /**
   * A channel's value, its highest bit first, predicted from a pair, a number, and the kind with the channels before. The
   * contexts of three bits lie side by side in memory.
   */
  private channel(channel: i32, value: i32, a: i32, b: i32, c: i32, known: i32, kind: i32): i32 {
    let node = 1;
    for (let half = BITS - 3; half >= 0; half -= 3) {
      const place = (channel << 8) | node;
      const pair = contextOf(place, a, b, 4) << 3;
      const single = contextOf(place, c, 0, 5) << 3;
      const colour = contextOf(place, known, kind, 6) << 3;
      let nearby = 1;
      for (let bit = half + 2; bit >= half; bit--) {
        const mixer = FLAGS + channel * (TOP + 1) + node;
        const coded = this.bits.code((value >> bit) & 1, mixer, pair | nearby, single | nearby, colour | nearby);
        node = 2 * node + coded;
        nearby = 2 * nearby + coded;
      }
    }
    return node & TOP;
  }
}

/** The median of the left pixel, the one above, and the plane through them and their corner, as in LOCO-I. */
function gradientOf(left: i32, above: i32, corner: i32): i32 {
  const low = min(left, above);
  const high = max(left, above);
  return corner >= high ? low : corner <= low ? high : left + above - corner;
}

/** The channel at `shift` of the mixture of two colours that has this green. */
function between(a: i32, b: i32, green: i32, shift: i32): i32 {
  const from = (a >> shift) & TOP;
  const to = (b >> shift) & TOP;
  const span = (b >> 16) - (a >> 16);
  if (span == 0) return from;
  const share = <f64>((green - (a >> 16)) * (to - from)) / <f64>span;
  return clamped(<i32>Math.round(<f64>from + share));
}

function clamped(level: i32): i32 {
  return max(0, min(TOP, level));
}
