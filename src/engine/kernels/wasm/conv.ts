import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { CONV, CONV_FILTER_GRADIENT, CONV_INPUT_GRADIENT } from '../../operations/conv.ts';
import { numeric, paddingOf, required, type Shape4D, shape4D } from '../inputs.ts';
import { type ConvTables, forwardTables, inputGradientTables, pairTables, slotsOf } from './conv-tables.ts';
import { type Heap, wasmKernel } from './heap.ts';

type ConvInfo = backend_util.Conv2DInfo;

/** Output channels of a block, see assembly/conv.ts. */
const BLOCK = 8;
/** Slots that are one unit of work: few enough for the cache, many enough to be worth handing out. */
const MOST_SLOTS = 256;
const FEWEST_SLOTS = 16;
/** Units that a batch is cut into at least, where it is large enough. */
const UNITS = 16;
/** Parts that a filter's gradient is summed in: with all taps enough for several threads. */
const CHUNKS = 4;
const CHUNKS_OF_ONE_TAP = 16;

/** All that tables depend on. */
function keyOf(use: string, info: ConvInfo): string {
  const { inShape, outShape, filterHeight, filterWidth, strideHeight, padInfo } = info;
  return [
    use,
    ...inShape.slice(1),
    filterHeight,
    filterWidth,
    ...outShape.slice(1),
    strideHeight,
    padInfo.top,
    padInfo.left,
  ].join(' ');
}

/** One side of a convolution: what it reads or what it computes. */
interface Side {
  /** Where its first image is. */
  readonly at: number;
  readonly pixels: number;
  readonly channels: number;
  /** Bytes from one of its channels to the next in the filter. */
  readonly filterStride: number;
  /** Where what is to be added to it is. */
  readonly addend?: number;
}

/** Computes all pixels of `to` out of those of `from` that the tables name. */
function convolve(
  heap: Heap,
  info: ConvInfo,
  filter: number,
  from: Side,
  to: Side,
  key: string,
  make: () => ConvTables,
): void {
  const { kernels, job } = heap;
  const taps = info.filterHeight * info.filterWidth;
  const [gather = 0, scatter = 0, outside = 0] = heap.kept(key, () => {
    const tables = make();
    return [tables.gather, tables.scatter, new Int32Array(from.channels)];
  });
  const [packed = 0] = heap.scratch(Math.ceil(to.channels / BLOCK) * BLOCK * taps * from.channels);
  const tapBytes = from.channels * to.channels * 4;
  kernels.packFilter(filter, packed, taps, from.channels, to.channels, tapBytes, from.filterStride, to.filterStride);
  const slots = slotsOf(to.pixels);
  const fair = Math.ceil((info.batchSize * slots) / UNITS / 4) * 4;
  const unit = Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, fair));
  const [fromImage, toImage] = [4 * from.pixels * from.channels, 4 * to.pixels * to.channels];
  const tables = [gather, scatter, outside];
  const sizes = [info.batchSize, fromImage, toImage, slots, taps, from.channels, to.channels, unit];
  kernels.conv(job, from.at, packed, to.at, to.addend ?? 0, ...tables, ...sizes);
}

/** See operations/conv.ts, conv: outputs y alone, and leaves the moments to the normalisation. */
export const convKernel = wasmKernel(CONV, (heap, inputs, attrs) => {
  const [x, filter] = [required(inputs, 'x'), required(inputs, 'weight')];
  const info = convInfo(attrs, shape4D(x.shape), shape4D(filter.shape));
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const y = heap.make(info.outShape);
  const from = { at: heap.pointer(x), pixels: inHeight * inWidth, channels: inChannels, filterStride: 4 * outChannels };
  const to = { at: heap.pointer(y), pixels: outHeight * outWidth, channels: outChannels, filterStride: 4 };
  convolve(heap, info, heap.pointer(filter), from, to, keyOf('conv', info), () => forwardTables(info));
  return [y];
});

/** See operations/conv.ts, convInputGradient. */
export const convInputGradientKernel = wasmKernel(CONV_INPUT_GRADIENT, (heap, inputs, attrs) => {
  const [dy, filter] = [required(inputs, 'dy'), required(inputs, 'weight')];
  const info = convInfo(attrs, shape4D(attrs.inputShape), shape4D(filter.shape));
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const dx = heap.make(info.inShape);
  const from = { at: heap.pointer(dy), pixels: outHeight * outWidth, channels: outChannels, filterStride: 4 };
  const to = {
    at: heap.pointer(dx),
    addend: heap.pointer(inputs.addend),
    pixels: inHeight * inWidth,
    channels: inChannels,
    filterStride: 4 * outChannels,
  };
  const key = keyOf('inputGradient', info);
  convolve(heap, info, heap.pointer(filter), from, to, key, () => inputGradientTables(info));
  return dx;
});

/** See operations/conv.ts, convFilterGradient: outputs the whole gradient. */
export const convFilterGradientKernel = wasmKernel(CONV_FILTER_GRADIENT, (heap, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const info = convInfo(attrs, shape4D(x.shape), filterShape);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const result = heap.make(filterShape);
  const [pairs = 0, starts = 0] = heap.kept(keyOf('filterGradient', info), () => {
    const tables = pairTables(info);
    return [tables.pairs, tables.starts];
  });
  const taps = info.filterHeight * info.filterWidth;
  const chunks = Math.min(batchSize, taps === 1 ? CHUNKS_OF_ONE_TAP : CHUNKS);
  const [parts = 0] = heap.scratch(chunks * taps * inChannels * outChannels);
  const [xImage, dyImage] = [4 * inHeight * inWidth * inChannels, 4 * outHeight * outWidth * outChannels];
  const pointers = [heap.pointer(x), heap.pointer(dy), parts, heap.pointer(result), pairs, starts];
  const sizes = [batchSize, xImage, dyImage, chunks, taps, inChannels, outChannels];
  heap.kernels.filterGradient(heap.job, ...pointers, ...sizes);
  return result;
});

/** Only what the engine asks for: one stride for both sides, zeros around, no dilation. */
function convInfo(attrs: NamedAttrMap, inShape: Shape4D, filterShape: Shape4D): ConvInfo {
  const [stride, padding] = [numeric(attrs, 'stride'), paddingOf(attrs)];
  return backend_util.computeConv2DInfo(inShape, filterShape, stride, 1, padding, 'floor');
}
