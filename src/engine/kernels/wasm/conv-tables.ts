import type { backend_util } from '@tensorflow/tfjs-core';

/** The number of slots for `pixels` pixels: the next multiple of 4 (a SIMD vector). The last pixel fills the rest. */
export function slotsOf(pixels: number): number {
  return Math.ceil(pixels / 4) * 4;
}

/** Gather and scatter offsets of a convolution over one image, in bytes. A slot is a pixel that is computed. */
export interface ConvTables {
  /** [taps, slots]: offset of the slot's input pixel under a tap, -1 outside of the image. */
  readonly gather: Int32Array;
  /** [slots]: offset of the slot's output pixel. */
  readonly scatter: Int32Array;
}

interface Pixel {
  readonly row: number;
  readonly column: number;
}

function pixels(height: number, width: number): readonly Pixel[] {
  return Array.from({ length: height * width }, (_, at) => ({ row: Math.floor(at / width), column: at % width }));
}

/** Tables for the pixels `slots`, where `source` gives the pixel that a tap reads. */
function tablesOf(
  info: backend_util.Conv2DInfo,
  slots: readonly Pixel[],
  to: { readonly width: number; readonly channels: number },
  from: { readonly height: number; readonly width: number; readonly channels: number },
  source: (slot: Pixel, tap: Pixel) => Pixel,
): ConvTables {
  const taps = pixels(info.filterHeight, info.filterWidth);
  const count = slotsOf(slots.length);
  const gather = new Int32Array(taps.length * count);
  const scatter = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const slot = slots[Math.min(at, slots.length - 1)] ?? { row: 0, column: 0 };
    scatter[at] = (slot.row * to.width + slot.column) * to.channels * 4;
    taps.forEach((tap, index) => {
      const { row, column } = source(slot, tap);
      const inside = row >= 0 && row < from.height && column >= 0 && column < from.width;
      const isPixel = inside && Number.isInteger(row) && Number.isInteger(column);
      gather[index * count + at] = isPixel ? (row * from.width + column) * from.channels * 4 : -1;
    });
  }
  return { gather, scatter };
}

/** Tables of the forward pass: computes each pixel of y from x. */
export function forwardTables(info: backend_util.Conv2DInfo): ConvTables {
  const { strideHeight: stride, padInfo } = info;
  return tablesOf(
    info,
    pixels(info.outHeight, info.outWidth),
    { width: info.outWidth, channels: info.outChannels },
    { height: info.inHeight, width: info.inWidth, channels: info.inChannels },
    ({ row, column }, tap) => ({
      row: row * stride + tap.row - padInfo.top,
      column: column * stride + tap.column - padInfo.left,
    }),
  );
}

/**
 * Tables of the input gradient: computes each pixel of dx from dy. Pixels that the same taps reach are adjacent,
 * because a tap that reaches no pixel of a tile is skipped.
 */
export function inputGradientTables(info: backend_util.Conv2DInfo): ConvTables {
  const { strideHeight: stride, padInfo } = info;
  const phase = ({ row, column }: Pixel) => (row % stride) * stride + (column % stride);
  return tablesOf(
    info,
    pixels(info.inHeight, info.inWidth).toSorted((a, b) => phase(a) - phase(b)),
    { width: info.inWidth, channels: info.inChannels },
    { height: info.outHeight, width: info.outWidth, channels: info.outChannels },
    ({ row, column }, tap) => ({
      row: (row + padInfo.top - tap.row) / stride,
      column: (column + padInfo.left - tap.column) / stride,
    }),
  );
}

/** Tables of the filter gradient: pairs of offsets (x, dy) by tap, and where each tap's pairs start, in bytes. */
export interface PairTables {
  readonly pairs: Int32Array;
  readonly starts: Int32Array;
}

/** The tables of a filter gradient. */
export function pairTables(info: backend_util.Conv2DInfo): PairTables {
  const { gather } = forwardTables(info);
  const pixelCount = info.outHeight * info.outWidth;
  const slots = slotsOf(pixelCount);
  const taps = info.filterHeight * info.filterWidth;
  const pairs: number[] = [];
  const starts = new Int32Array(taps + 1);
  for (let tap = 0; tap < taps; tap++) {
    for (let at = 0; at < pixelCount; at++) {
      const offset = gather[tap * slots + at] ?? -1;
      if (offset >= 0) pairs.push(offset, at * info.outChannels * 4);
    }
    starts[tap + 1] = pairs.length * 4;
  }
  return { pairs: Int32Array.from(pairs), starts };
}
