import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { CONV, CONV_FILTER_GRADIENT, CONV_INPUT_GRADIENT } from '../../ops/tensors/conv2d.ts';
import { PACK_FILTER } from '../../ops/tensors/epilogue.ts';
import { numeric, paddingOf, required, type Shape4D, shape4D } from '../registry.ts';
import { type ConvTables, forwardTables, inputGradientTables, pairTables, slotsOf } from './conv-tables.ts';
import { endOf, type Heap, scalarOf, wasmKernel } from './heap.ts';
import { type ConvSide, convolveByWinograd, suitsWinograd } from './winograd.ts';

type ConvInfo = backend_util.Conv2DInfo;

/** Output channels of a block, see assembly/conv.ts. */
const BLOCK = 8;
/** Maximum slots of one unit of work: few enough for the cache, many enough to outweigh the overhead. */
const MOST_SLOTS = 256;
const FEWEST_SLOTS = 16;
/** Minimum number of units of a large enough batch: split by channels first, so that no filter is read twice. */
const UNITS = 16;
/** Number of partial sums of a filter's gradient: times the taps, enough units for several threads. */
const CHUNKS = 4;
const CHUNKS_OF_ONE_TAP = 16;

/** Sizes of a convolution, and the keys of its tables. */
interface Geometry {
  readonly info: ConvInfo;
  readonly forward: string;
  readonly inputGradient: string;
  readonly filterGradient: string;
}

/** Geometries by all that they depend on, kept because a step asks for hundreds. */
const geometries = new Map<string, Geometry>();

/** tfjs' description of a convolution, as the engine uses it: square stride, zero padding, no dilation. */
function geometryOf(attrs: NamedAttrMap, inShape: Shape4D, filterShape: Shape4D): Geometry {
  const [stride, padding] = [numeric(attrs, 'stride'), paddingOf(attrs)];
  const [images, height, width, channels] = inShape;
  const [filterHeight, filterWidth, from, to] = filterShape;
  const sizes = `${height} ${width} ${channels} ${filterHeight} ${filterWidth} ${from} ${to} ${stride} ${padding}`;
  const key = `${images} ${sizes}`;
  const known = geometries.get(key);
  if (known !== undefined) return known;
  const geometry = {
    info: backend_util.computeConv2DInfo(inShape, filterShape, stride, 1, padding, 'floor'),
    forward: `forward ${sizes}`,
    inputGradient: `inputGradient ${sizes}`,
    filterGradient: `filterGradient ${sizes}`,
  };
  geometries.set(key, geometry);
  return geometry;
}

/** The epilogue of a convolution: addresses of bias and addend, each 0 if there is none. */
interface End {
  readonly bias: number;
  readonly addend: number;
  /** Factor of the addend. */
  readonly gain: number;
  /** 1 for a ReLU. */
  readonly relu: number;
  /** Slope of the ReLU below zero. */
  readonly slope: number;
}

/** The size of a unit of work: slots, and blocks of output channels. */
function unitsOf(images: number, slots: number, blocks: number): readonly [slots: number, blocks: number] {
  const whole = Math.ceil(slots / MOST_SLOTS);
  const groups = Math.min(blocks, Math.ceil(UNITS / (images * whole)));
  const most = Math.max(1, Math.floor(slots / FEWEST_SLOTS));
  const bands = Math.max(whole, Math.min(most, Math.ceil(UNITS / (images * groups))));
  return [Math.ceil(slots / bands / 4) * 4, Math.ceil(blocks / groups)];
}

/** Packs a filter into scratch memory; `from` is the side that is read, `to` the side that is computed. */
function packed(heap: Heap, filter: number, taps: number, from: ConvSide, to: ConvSide): number {
  const [at = 0] = heap.scratch(packedSize(taps, from.channels, to.channels));
  pack(heap, filter, at, taps, from, to);
  return at;
}

function packedSize(taps: number, from: number, to: number): number {
  return Math.ceil(to / BLOCK) * BLOCK * taps * from;
}

type FilterSide = Pick<ConvSide, 'channels' | 'filterStride'>;

function pack(heap: Heap, filter: number, at: number, taps: number, from: FilterSide, to: FilterSide): void {
  heap.run('runPackFilter', {
    from: filter,
    to: at,
    taps,
    inChannels: from.channels,
    outChannels: to.channels,
    tapBytes: 4 * from.channels * to.channels,
    inStride: from.filterStride,
    outStride: to.filterStride,
  });
}

/** Runs a convolution: computes all pixels of `to` from those of `from` that the tables name. */
function convolve(
  heap: Heap,
  info: ConvInfo,
  filter: number,
  from: ConvSide,
  to: ConvSide,
  { bias, addend, gain, relu, slope }: End,
  key: string,
  make: () => ConvTables,
): void {
  const taps = info.filterHeight * info.filterWidth;
  const [gather = 0, scatter = 0, outside = 0] = heap.cached(key, () => {
    const tables = make();
    return [tables.gather, tables.scatter, new Int32Array(from.channels)];
  });
  const slots = slotsOf(to.height * to.width);
  const blocks = Math.ceil(to.channels / BLOCK);
  const [bandSlots, groupBlocks] = unitsOf(info.batchSize, slots, blocks);
  heap.run('runConv', {
    x: from.at,
    filter,
    y: to.at,
    bias,
    addend,
    gather,
    scatter,
    outside,
    xImage: 4 * from.height * from.width * from.channels,
    yImage: 4 * to.height * to.width * to.channels,
    images: info.batchSize,
    slots,
    taps,
    inChannels: from.channels,
    outChannels: to.channels,
    bandSlots,
    bands: Math.ceil(slots / bandSlots),
    groupBlocks,
    groups: Math.ceil(blocks / groupBlocks),
    gain,
    relu,
    slope,
  });
}

/** See ops/tensors/conv2d.ts, conv, and epilogue.ts: outputs y alone, and leaves the moments to the normalisation. */
export const wasmConvKernel = wasmKernel(CONV, (heap, inputs, attrs) => {
  const [x, filter] = [required(inputs, 'x'), required(inputs, 'weight')];
  const isPacked = attrs.packedShape !== undefined;
  const filterShape = shape4D(attrs.packedShape ?? filter.shape);
  const geometry = geometryOf(attrs, shape4D(x.shape), filterShape);
  const { info } = geometry;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const y = heap.make(info.outShape);
  const from = {
    at: heap.pointer(x),
    height: inHeight,
    width: inWidth,
    channels: inChannels,
    filterStride: 4 * outChannels,
  };
  const to = { at: heap.pointer(y), height: outHeight, width: outWidth, channels: outChannels, filterStride: 4 };
  const [addend, gain] = [heap.pointer(inputs.shortcut), scalarOf(heap, inputs.gain)];
  const isLinear = inputs.bias === undefined && attrs.relu !== true;
  if (!isPacked && isLinear && suitsWinograd(info, inChannels, outChannels)) {
    const { batchSize: images, padInfo: padding } = info;
    const weights = heap.pointer(filter);
    const key = geometry.forward;
    convolveByWinograd(heap, { images, from, to, padding, filter: weights, addend, gain, flip: false, key });
    return [y];
  }
  const end = {
    bias: heap.pointer(inputs.bias),
    addend,
    gain,
    ...endOf(attrs),
  };
  const taps = info.filterHeight * info.filterWidth;
  const weight = isPacked ? heap.pointer(filter) : packed(heap, heap.pointer(filter), taps, from, to);
  convolve(heap, info, weight, from, to, end, geometry.forward, () => forwardTables(info));
  return [y];
});

/** See ops/tensors/epilogue.ts, packFilter. */
export const wasmPackFilterKernel = wasmKernel(PACK_FILTER, (heap, inputs) => {
  const filter = required(inputs, 'weight');
  const [height, width, inChannels, outChannels] = shape4D(filter.shape);
  const taps = height * width;
  const result = heap.make([Math.ceil(outChannels / BLOCK), taps, inChannels, BLOCK]);
  const from = { channels: inChannels, filterStride: 4 * outChannels };
  pack(heap, heap.pointer(filter), heap.pointer(result), taps, from, { channels: outChannels, filterStride: 4 });
  return result;
});

/** See ops/tensors/conv2d.ts, convInputGradient. */
export const wasmConvInputGradientKernel = wasmKernel(CONV_INPUT_GRADIENT, (heap, inputs, attrs) => {
  const [dy, filter] = [required(inputs, 'dy'), required(inputs, 'weight')];
  const geometry = geometryOf(attrs, shape4D(attrs.inputShape), shape4D(filter.shape));
  const { info } = geometry;
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const dx = heap.make(info.inShape);
  const from = { at: heap.pointer(dy), height: outHeight, width: outWidth, channels: outChannels, filterStride: 4 };
  const to = {
    at: heap.pointer(dx),
    height: inHeight,
    width: inWidth,
    channels: inChannels,
    filterStride: 4 * outChannels,
  };
  const addend = heap.pointer(inputs.addend);
  const gain = inputs.gain === undefined ? 1 : scalarOf(heap, inputs.gain);
  if (suitsWinograd(info, outChannels, inChannels)) {
    const { batchSize: images, padInfo } = info;
    const padding = { top: 2 - padInfo.top, left: 2 - padInfo.left };
    const weights = heap.pointer(filter);
    const key = geometry.inputGradient;
    convolveByWinograd(heap, { images, from, to, padding, filter: weights, addend, gain, flip: true, key });
    return dx;
  }
  const end = { bias: 0, addend, gain, relu: 0, slope: 0 };
  const weight = packed(heap, heap.pointer(filter), info.filterHeight * info.filterWidth, from, to);
  convolve(heap, info, weight, from, to, end, geometry.inputGradient, () => inputGradientTables(info));
  return dx;
});

/** See ops/tensors/conv2d.ts, convFilterGradient: outputs the whole gradient. */
export const wasmConvFilterGradientKernel = wasmKernel(CONV_FILTER_GRADIENT, (heap, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const filterShape = shape4D(attrs.filterShape);
  const { info, filterGradient } = geometryOf(attrs, shape4D(x.shape), filterShape);
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const result = heap.make(filterShape);
  const [pairs = 0, starts = 0] = heap.cached(filterGradient, () => {
    const tables = pairTables(info);
    return [tables.pairs, tables.starts];
  });
  const taps = info.filterHeight * info.filterWidth;
  const chunks = Math.min(batchSize, taps === 1 ? CHUNKS_OF_ONE_TAP : CHUNKS);
  const [parts = 0] = heap.scratch(chunks * taps * inChannels * outChannels);
  heap.run('runFilterGradient', {
    x: heap.pointer(x),
    dy: heap.pointer(dy),
    parts,
    result: heap.pointer(result),
    pairs,
    starts,
    xImage: 4 * inHeight * inWidth * inChannels,
    dyImage: 4 * outHeight * outWidth * outChannels,
    images: batchSize,
    chunks,
    taps,
    inChannels,
    outChannels,
  });
  return result;
});
