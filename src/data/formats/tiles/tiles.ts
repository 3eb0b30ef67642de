import { BINARY } from './binary.ts';

/** Largest value of a channel, which has 6 bits. */
const TOP = 63;
/** Bytes of a colour in the coder's memory: green, red and blue in one number, 8 bits each. */
const COLOUR = 4;

/** What a decoder has to know of square RGB images of one size: their side, and the kind of each, such as its designer. */
export interface TileSheet {
  readonly size: number;
  /** From 0 to 255. Tiles are predicted from earlier ones of their kind, so images of a kind should lie together. */
  readonly kinds: readonly number[];
}

/** The nearest of 64 levels, as the byte that it is decoded to. */
export function quantised(byte: number): number {
  return byteOf(levelOf(byte));
}

function levelOf(byte: number): number {
  return Math.round((byte * TOP) / 255);
}

function byteOf(level: number): number {
  return Math.round((level * 255) / TOP);
}

/** Images as RGB bytes, [count, size, size, 3], in a lossless code of their `quantised` bytes. */
export function encodeTiles(images: Uint8Array, { size, kinds }: TileSheet): Uint8Array {
  const coder = new TileCoder();
  const pixels = coder.put(new Uint8Array((images.length / 3) * COLOUR));
  const levels = coder.view(pixels);
  for (let at = 0; at < images.length / 3; at++) {
    levels[COLOUR * at] = levelOf(images[3 * at + 2] ?? 0);
    levels[COLOUR * at + 1] = levelOf(images[3 * at] ?? 0);
    levels[COLOUR * at + 2] = levelOf(images[3 * at + 1] ?? 0);
  }
  // Noise takes a little more than its own bits.
  const to = coder.put(new Uint8Array(images.length + 1024));
  const length = coder.exports.encode(pixels, coder.put(Uint8Array.from(kinds)), kinds.length, size, to);
  return coder.view(to).slice(0, length);
}

/** The images that `encodeTiles` was given, quantised: RGB bytes, [count, size, size, 3]. */
export function decodeTiles(bytes: Uint8Array, { size, kinds }: TileSheet): Uint8Array {
  const coder = new TileCoder();
  const count = kinds.length * size * size;
  const pixels = coder.put(new Uint8Array(count * COLOUR));
  const from = coder.put(bytes);
  coder.exports.decode(pixels, coder.put(Uint8Array.from(kinds)), kinds.length, size, from, from + bytes.length);
  const byLevel = Uint8Array.from({ length: 256 }, (_, level) => byteOf(level & TOP));
  const levels = coder.view(pixels);
  const images = new Uint8Array(3 * count);
  for (let at = 0; at < count; at++) {
    images[3 * at] = byLevel[levels[COLOUR * at + 1] ?? 0] ?? 0;
    images[3 * at + 1] = byLevel[levels[COLOUR * at + 2] ?? 0] ?? 0;
    images[3 * at + 2] = byLevel[levels[COLOUR * at] ?? 0] ?? 0;
  }
  return images;
}

/** What assembly/tiles.ts exports. Places are addresses in its memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly reserve: (bytes: number) => number;
  readonly encode: (pixels: number, kinds: number, count: number, size: number, to: number) => number;
  readonly decode: (pixels: number, kinds: number, count: number, size: number, from: number, end: number) => void;
}

/** One coding of one sheet: an instance of the WebAssembly module with a memory of its own, which ends with it. */
class TileCoder {
  readonly exports = instantiated();

  /** Copies bytes into its memory and returns their address. */
  put(bytes: Uint8Array): number {
    const at = this.exports.reserve(bytes.length);
    this.view(at).set(bytes);
    return at;
  }

  /** Its memory from this address on, until the next `put`. */
  view(from: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, from);
  }
}

function instantiated(): Exports {
  const module = new WebAssembly.Module(Uint8Array.from(atob(BINARY), (character) => character.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module, { env: { abort: () => {} } });
  if (!isCoder(exports)) throw new Error('tiles: the binary is not of this version');
  return exports;
}

function isCoder(exports: WebAssembly.Exports): exports is WebAssembly.Exports & Exports {
  const { memory, ...functions } = exports;
  return memory instanceof WebAssembly.Memory && ['reserve', 'encode', 'decode'].every((name) => name in functions);
}
