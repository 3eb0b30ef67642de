import { LARGEST_IMAGE, type Picture } from '../../core/data/images.ts';
import type { Drawing, Stroke } from './drawing.ts';

/** The drawing at as many pixels as what lies beneath has: what the nets are given. */
export function pictureOf(drawing: Drawing, name: string): Picture {
  const size = typeof drawing.on === 'string' ? LARGEST_IMAGE : drawing.on.size;
  return { name, size, rgb: rgbOf(drawing, size) };
}

/** The drawing as RGB bytes, [size, size, 3]. */
export function rgbOf({ on, strokes }: Drawing, size: number): Uint8Array {
  const beneath = beneathOf(on, size);
  return strokes.reduce((pixels, stroke) => painted(pixels, stroke, beneath, size), beneath);
}

/** What a drawing of this size is drawn on, [size, size, 3]. An image's pixels stay squares. */
function beneathOf(on: Drawing['on'], size: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3);
  if (typeof on === 'string') return pixels.fill(on === 'white' ? 255 : 0);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [row, column] = [y, x].map((at) => Math.floor((at * on.size) / size));
      const from = ((row ?? 0) * on.size + (column ?? 0)) * 3;
      pixels.set(on.rgb.subarray(from, from + 3), (y * size + x) * 3);
    }
  }
  return pixels;
}

/** A copy of the pixels with one stroke more. A pixel that it covers in part takes a part of its colour. */
function painted(pixels: Uint8Array, stroke: Stroke, beneath: Uint8Array, size: number): Uint8Array {
  const result = pixels.slice();
  const colour = stroke.colour === null ? null : bytesOf(stroke.colour);
  const shares = coverage(stroke, size);
  for (const [pixel, share] of shares.entries()) {
    if (share <= 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      const at = 3 * pixel + channel;
      const target = (colour === null ? beneath[at] : colour[channel]) ?? 0;
      const before = result[at] ?? 0;
      result[at] = Math.round(before + share * (target - before));
    }
  }
  return result;
}

/** How much of each pixel a stroke covers, at most 1: a brush is round, and goes straight from point to point. */
function coverage({ width, points }: Stroke, size: number): Float32Array {
  const covered = new Float32Array(size * size);
  const radius = Math.max(0.5, (width * size) / 2);
  const places = points.map(([x, y]) => [x * size, y * size] as const);
  for (const [index, [x1, y1]] of places.entries()) {
    const [x0, y0] = places[index - 1] ?? [x1, y1];
    const [left, right] = within(x0, x1, radius + 1, size);
    const [top, bottom] = within(y0, y1, radius + 1, size);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const share = Math.min(1, radius + 0.5 - distance(x + 0.5, y + 0.5, x0, y0, x1, y1));
        const pixel = y * size + x;
        if (share > (covered[pixel] ?? 0)) covered[pixel] = share;
      }
    }
  }
  return covered;
}

/** The pixels along a side that lie so near to a line between two places. */
function within(a: number, b: number, reach: number, size: number): readonly [number, number] {
  return [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(size, Math.max(a, b) + reach)];
}

/** From a point to the line between two others. */
function distance(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}

function bytesOf(colour: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/** Draws drawings again and again as they grow: what lies below the last stroke is painted once. */
export class Painter {
  readonly #size: number;
  #below: Drawing = { on: 'white', strokes: [] };
  #beneath: Uint8Array;
  #pixels: Uint8Array;

  constructor(size: number) {
    this.#size = size;
    this.#beneath = beneathOf('white', size);
    this.#pixels = this.#beneath;
  }

  /** The same as `rgbOf`. */
  pixels({ on, strokes }: Drawing): Uint8Array {
    const last = strokes.at(-1);
    const below = strokes.slice(0, -1);
    const known = this.#below;
    if (on !== known.on) this.#beneath = beneathOf(on, this.#size);
    const isSame = below.length === known.strokes.length && below.every((stroke, nth) => stroke === known.strokes[nth]);
    if (on !== known.on || !isSame) this.#pixels = rgbOf({ on, strokes: below }, this.#size);
    this.#below = { on, strokes: below };
    return last === undefined ? this.#pixels : painted(this.#pixels, last, this.#beneath, this.#size);
  }
}
