import type { backend_util } from '@tensorflow/tfjs-core';
import type { Heap } from './heap.ts';

/** Numbers of a transformed tile, output channels of a block and tiles that are multiplied at once: see assembly/winograd.ts. */
const POINTS = 16;
const BLOCK = 8;
const QUAD = 4;
/** Number of units of a large enough batch. */
const UNITS = 32;
/** Floats of a group's transformed inputs and products: they stay in the first cache, and filters are read seldom. */
const GROUP = 4096;

/** Maximum number of input by output channels: a larger filter, transformed, leaves the second cache. */
const MOST_WEIGHTS = 2 ** 16;

/** One side of a convolution. */
export interface ConvSide {
  /** Address of its first image. */
  readonly at: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Stride in the filter from one of its channels to the next, in bytes. */
  readonly filterStride: number;
}

/** Whether a convolution can be computed by Winograd's algorithm, and gains from it. */
export function suitsWinograd(info: backend_util.Conv2DInfo, from: number, to: number): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const fits = filterHeight === 3 && filterWidth === 3 && strideHeight === 1 && strideWidth === 1;
  return fits && from % 4 === 0 && to % 4 === 0 && from * to <= MOST_WEIGHTS;
}

/** Offsets of the pixels that the tiles of 2 × 2 output pixels read and write, in bytes; -1 outside of an image. */
interface TileTables {
  /** [tiles, 4, 4] */
  readonly gather: Int32Array;
  /** [tiles, 2, 2] */
  readonly scatter: Int32Array;
}

function tileTables(from: ConvSide, to: ConvSide, top: number, left: number): TileTables {
  const across = Math.ceil(to.width / 2);
  const tiles = Math.ceil(to.height / 2) * across;
  const table = (side: ConvSide, edge: number, dy: number, dx: number) =>
    Int32Array.from({ length: tiles * edge * edge }, (_, at) => {
      const tile = Math.floor(at / edge ** 2);
      const row = 2 * Math.floor(tile / across) + (Math.floor(at / edge) % edge) - dy;
      const column = 2 * (tile % across) + (at % edge) - dx;
      const inside = row >= 0 && row < side.height && column >= 0 && column < side.width;
      return inside ? 4 * side.channels * (row * side.width + column) : -1;
    });
  return { gather: table(from, 4, top, left), scatter: table(to, 2, 0, 0) };
}

/** A convolution of stride 1 by a filter of 3×3, or with `flip` its gradient by the input. */
export interface WinogradConv {
  readonly images: number;
  readonly from: ConvSide;
  readonly to: ConvSide;
  readonly padding: { readonly top: number; readonly left: number };
  /** Addresses; that of what is added is 0 where nothing is. */
  readonly filter: number;
  readonly addend: number;
  /** Factor of what is added. */
  readonly gain: number;
  readonly flip: boolean;
  /** Names the sizes of the convolution and which of the two it is. */
  readonly key: string;
}

/** Computes all pixels of `to` from those of `from`. */
export function convolveByWinograd(
  heap: Heap,
  { images, from, to, padding, filter, addend, gain, flip, key }: WinogradConv,
): void {
  const { top, left } = padding;
  const [gather = 0, scatter = 0, outside = 0] = heap.cached(`winograd ${key}`, () => {
    const tables = tileTables(from, to, top, left);
    return [tables.gather, tables.scatter, new Int32Array(from.channels)];
  });
  const tiles = Math.ceil(to.height / 2) * Math.ceil(to.width / 2);
  const outChannels = Math.ceil(to.channels / BLOCK) * BLOCK;
  const channels = from.channels + outChannels;
  const quads = Math.ceil((images * tiles) / QUAD);
  const unitQuads = Math.ceil(quads / UNITS);
  const groupQuads = Math.max(1, Math.min(unitQuads, Math.floor(GROUP / (POINTS * QUAD * channels))));
  const groupTiles = groupQuads * QUAD;
  const unitTiles = Math.ceil(unitQuads / groupQuads) * groupTiles;
  const units = Math.ceil((images * tiles) / unitTiles);
  // A unit's workspace: 16 addresses, and the transformed inputs and products with their padding.
  const unitFloats = POINTS + POINTS * (groupTiles * channels + 2 * POINTS);
  const size = POINTS * from.channels * outChannels;
  const [transformed = 0, workspace = 0] = heap.scratch(size, units * unitFloats);
  heap.run('runWinogradFilter', {
    from: filter,
    to: transformed,
    inChannels: from.channels,
    outChannels: to.channels,
    tapBytes: 4 * from.channels * to.channels,
    inStride: from.filterStride,
    outStride: to.filterStride,
    flip: Number(flip),
  });
  heap.run('runWinograd', {
    x: from.at,
    filter: transformed,
    y: to.at,
    addend,
    gather,
    scatter,
    outside,
    workspace,
    unitBytes: 4 * unitFloats,
    xImage: 4 * from.height * from.width * from.channels,
    yImage: 4 * to.height * to.width * to.channels,
    images,
    tiles,
    inChannels: from.channels,
    outChannels: to.channels,
    unitTiles,
    groupTiles,
    gain,
  });
}
