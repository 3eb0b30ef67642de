import { AdaptiveBits } from './adaptive-bits';
import { ArithmeticCoder } from './arithmetic-coder';

/** Bits of each channel. */
const BITS = 6;
const TOP = (1 << BITS) - 1;
/** A colour is green, red and blue in one number, 8 bits each. */
const WHITE = TOP * 0x10101;
/** The number of earlier tiles from which one is chosen to predict a tile. */
const REACH = 127;
/** Flags of a pixel, one for each colour that it may share, and the number of contexts of each. */
const FLAGS = 4;
const NEIGHBOURHOODS = 1 << 14;
/** Flags of a colour that was not beside the pixel: whether red and blue are those that its green had before. */
const RECALLS = 2;
const RECALL_CONTEXTS = 1 << 8;
/** Kinds that have contexts of their own. */
const KINDS = 4;
/** Contexts of a channel's distance from what is expected, and places for the decisions of one. */
const DISTANCES = 150;
const DECISIONS = 80;
/** Where the contexts of each begin. */
const RECALLING = FLAGS * NEIGHBOURHOODS;
const CHANNELS = RECALLING + RECALLS * RECALL_CONTEXTS;
const CONTEXTS = CHANNELS + 3 * DISTANCES * DECISIONS;
/** No red and blue yet. */
const NONE = -1;
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
 * left, above, or above to the right. A colour that is none of these is green first: where an edge is a mixture of the
 * colours beside it, red and blue follow from that, or are those that a pixel of this green had before. A channel is coded
 * as its distance from what is expected.
 */
@final
class PixelModel {
  private readonly bits: AdaptiveBits;
  /** The tile and its reference with a white border of one pixel. */
  private readonly tile: StaticArray<i32>;
  private readonly reference: StaticArray<i32>;
  /** Red and blue, 8 bits each, of the last pixel by kind and green, and by the mixture that was expected as well. */
  private readonly ofGreen: StaticArray<i32> = new StaticArray<i32>(KINDS << BITS).fill(NONE);
  private readonly ofMixture: StaticArray<i32> = new StaticArray<i32>(KINDS << (BITS + 8)).fill(NONE);

  constructor(
    coder: ArithmeticCoder,
    private readonly size: i32,
  ) {
    this.bits = new AdaptiveBits(coder, CONTEXTS);
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
        const pixel = this.pixel(load<i32>(place), at, kind % KINDS);
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
    const neighbourhood =
      i32(left == unchecked(reference[at - 1])) |
      (i32(above == unchecked(reference[at - row])) << 1) |
      (i32(corner == unchecked(reference[at - row - 1])) << 2) |
      (i32(right == unchecked(reference[at - row + 1])) << 3) |
      (i32(left == above) << 4) |
      (i32(above == right) << 5) |
      (i32(corner == above) << 6) |
      (i32(left == corner) << 7) |
      (i32(left == WHITE) << 8) |
      (i32(above == WHITE) << 9) |
      (i32(here == left) << 10) |
      (i32(here == above) << 11) |
      (i32(here == unchecked(reference[at + 1])) << 12) |
      (i32(here == unchecked(reference[at + row])) << 13);
    if (this.flag(0, pixel == here, neighbourhood)) return here;
    if (left != here && this.flag(1, pixel == left, neighbourhood)) return left;
    const isNew = above != here && above != left;
    if (isNew && this.flag(2, pixel == above, neighbourhood)) return above;
    const isOther = right != here && right != left && right != above;
    if (isOther && this.flag(3, pixel == right, neighbourhood)) return right;
    return this.colour(pixel, at, kind);
  }

  @inline
  private flag(nth: i32, holds: bool, neighbourhood: i32): bool {
    return this.bits.code(nth * NEIGHBOURHOODS + neighbourhood, i32(holds)) == 1;
  }

  private colour(pixel: i32, at: i32, kind: i32): i32 {
    const tile = this.tile;
    const reference = this.reference;
    const row = this.size + 2;
    const left = unchecked(tile[at - 1]);
    const above = unchecked(tile[at - row]);
    const corner = unchecked(tile[at - row - 1]);
    const right = unchecked(tile[at - row + 1]);
    const here = unchecked(reference[at]);
    const beside = above != left ? above : right != left ? right : here;
    let dark = min(min(left, above), min(right, corner));
    dark = min(dark, min(here, min(unchecked(reference[at + 1]), unchecked(reference[at + row]))));
    let light = max(max(left, above), max(right, corner));
    light = max(light, max(here, max(unchecked(reference[at + 1]), unchecked(reference[at + row]))));

    const gradient = gradientOf(left >> 16, above >> 16, corner >> 16);
    const change =
      (left >> 16) - (unchecked(reference[at - 1]) >> 16) + (above >> 16) - (unchecked(reference[at - row]) >> 16);
    const moved = clamped((here >> 16) + (change >> 1));
    const range = gradeOfRange((light >> 16) - (dark >> 16));
    const doubt = gradeOf(gradient - moved);
    const green = this.level(0, (range * 5 + doubt) * KINDS + kind, (gradient + moved + 1) >> 1, pixel >> 16);

    const red = between(dark, light, green, 8);
    const blue = between(dark, light, green, 0);
    const byGreen = (green << 2) | kind;
    const byMixture = (byGreen << 8) | ((red >> 2) << 4) | (blue >> 2);
    const inGreen = unchecked(this.ofGreen[byGreen]);
    const inMixture = unchecked(this.ofMixture[byMixture]);
    const rest = pixel & 0xffff;
    let found = NONE;
    if (inMixture != NONE) {
      const agreement = (i32(inMixture == inGreen) << 1) | i32(inMixture == ((red << 8) | blue));
      found = this.recall(0, (range << 4) | (kind << 2) | agreement, inMixture, rest);
    }
    if (found == NONE && inGreen != NONE && inGreen != inMixture) {
      found = this.recall(1, (range << 2) | kind, inGreen, rest);
    }
    if (found == NONE) {
      const redNear = gradeOf(red - between(left, beside, green, 8));
      const blueNear = gradeOf(blue - between(left, beside, green, 0));
      const foundRed = this.level(1, (redNear * 6 + range) * KINDS + kind, red, rest >> 8);
      const missed = foundRed - red;
      const lean = missed == 0 ? 2 : missed < 0 ? i32(missed >= -3) : 3 + i32(missed > 3);
      found = (foundRed << 8) | this.level(2, (blueNear * 5 + lean) * 6 + range, blue, rest & TOP);
    }
    unchecked((this.ofGreen[byGreen] = found));
    unchecked((this.ofMixture[byMixture] = found));
    return (green << 16) | found;
  }

  /** Codes whether red and blue are those that are recalled; `NONE` where they are not. */
  @inline
  private recall(nth: i32, context: i32, recalled: i32, rest: i32): i32 {
    return this.bits.code(RECALLING + nth * RECALL_CONTEXTS + context, i32(recalled == rest)) == 1 ? recalled : NONE;
  }

  /** Codes a channel's level as its distance from the one that is expected: its sign, its magnitude and what is left. */
  private level(channel: i32, context: i32, expected: i32, level: i32): i32 {
    const bits = this.bits;
    const first = CHANNELS + (channel * DISTANCES + context) * DECISIONS;
    if (bits.code(first, i32(level == expected)) == 1) return expected;
    const isLess = expected == 0 ? 0 : expected == TOP ? 1 : bits.code(first + 1, i32(level < expected));
    const most = isLess == 1 ? expected : TOP - expected;
    const beyond = (isLess == 1 ? expected - level : level - expected) - 1;
    // As in an exponential Golomb code: the number of bits of `beyond` + 1, then those behind the first.
    const side = first + 2 + isLess * 40;
    let length = 0;
    while ((2 << length) - 1 < most && bits.code(side + length, i32((2 << length) - 1 <= beyond)) == 1) length++;
    const wanted = beyond + 1;
    let number = 1;
    for (let nth = length - 1; nth >= 0; nth--) {
      // The first two have contexts, the rest are noise.
      const place = side + 8 + 4 * length + (number == 1 ? 0 : number < 4 ? number - 1 : 3);
      number = (number << 1) | bits.code(place, (wanted >> nth) & 1);
    }
    // Bytes that no encoder wrote may lead out of the range.
    return clamped(isLess == 1 ? expected - number : expected + number);
  }
}

/** How large a difference of levels is, from 0 to 3 or 4. */
function gradeOf(difference: i32): i32 {
  const size = difference < 0 ? -difference : difference;
  return i32(size > 1) + i32(size > 4) + i32(size > 10) + i32(size > 20);
}

function gradeOfRange(range: i32): i32 {
  return i32(range > 1) + i32(range > 5) + i32(range > 11) + i32(range > 23) + i32(range > 39);
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
