import {
  backend_util,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type NamedAttrMap,
  Slice,
  type TensorInfo,
  Transpose,
} from '@tensorflow/tfjs-core';
import { required, shape4D, strideOf } from '../inputs.ts';
import { type Heap, wasmKernel } from './heap.ts';

interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The backend's convolution (XNNPACK) with stride 1 and explicit padding. */
function convolve(heap: Heap, x: TensorInfo, filter: TensorInfo, pad: Padding, dilation: number): TensorInfo {
  const explicit = [0, 0, pad.top, pad.bottom, pad.left, pad.right, 0, 0];
  const pairs = [0, 2, 4, 6].map((at) => explicit.slice(at, at + 2));
  const attrs: NamedAttrMap = { strides: [1, 1], dataFormat: 'NHWC', dilations: [dilation, dilation] };
  // tfjs' kernels take explicit padding as pairs, for which its attribute type has no name.
  return heap.call(Conv2D, { x, filter }, Object.assign(attrs, { pad: pairs }));
}

/**
 * The gradient of a convolution by its filter, which tfjs' wasm backend lacks. It is itself a convolution: of x, its
 * channels as the batch and its batch as the channels, by dy as a filter whose dilation is the stride. [in, H, W, N]
 * by [OH, OW, N, out] gives [in, KH, KW, out].
 */
export const convFilterGradientKernel = wasmKernel(Conv2DBackpropFilter, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const stride = strideOf(attrs);
  const info = backend_util.computeConv2DInfo(shape4D(x.shape), shape4D(attrs.filterShape), stride, 1, 'same');
  const reach = (outSide: number, filterSide: number) => (outSide - 1) * stride + filterSide;
  const { top, left } = info.padInfo;
  // Where the stride jumps over the last rows or columns of x no tap reaches them: they are cut off.
  const bottom = reach(info.outHeight, info.filterHeight) - info.inHeight - top;
  const right = reach(info.outWidth, info.filterWidth) - info.inWidth - left;
  let channelsFirst = heap.call(Transpose, { x }, { perm: [3, 1, 2, 0] });
  if (bottom < 0 || right < 0) {
    const size = [
      info.inChannels,
      info.inHeight + Math.min(bottom, 0),
      info.inWidth + Math.min(right, 0),
      info.batchSize,
    ];
    const cut = heap.call(Slice, { x: channelsFirst }, { begin: [0, 0, 0, 0], size });
    heap.free(channelsFirst);
    channelsFirst = cut;
  }
  const filter = heap.call(Transpose, { x: required(inputs, 'dy') }, { perm: [1, 2, 0, 3] });
  const padding = { top, left, bottom: Math.max(bottom, 0), right: Math.max(right, 0) };
  const product = convolve(heap, channelsFirst, filter, padding, stride);
  const gradient = heap.call(Transpose, { x: product }, { perm: [1, 2, 0, 3] });
  heap.free(channelsFirst, filter, product);
  return gradient;
});

/** The filter [KH, KW, in, out] turned by 180 degrees with its channels exchanged: [KH, KW, out, in]. */
function turned(heap: Heap, filter: TensorInfo): TensorInfo {
  const [height, width, inChannels, outChannels] = shape4D(filter.shape);
  const output = heap.make([height, width, outChannels, inChannels]);
  const from = heap.floats(filter);
  const to = heap.floats(output);
  const taps = height * width;
  const size = inChannels * outChannels;
  for (let tap = 0; tap < taps; tap++) {
    const source = (taps - 1 - tap) * size;
    const target = tap * size;
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++) to[target + o * inChannels + i] = from[source + i * outChannels + o]!;
    }
  }
  return output;
}

/** dy [N, OH, OW, C] with `stride` - 1 zero rows and columns between its own. */
function spread(heap: Heap, dy: TensorInfo, stride: number): TensorInfo {
  const [batch, height, width, channels] = shape4D(dy.shape);
  const [rows, columns] = [(height - 1) * stride + 1, (width - 1) * stride + 1];
  const output = heap.make([batch, rows, columns, channels]);
  const from = heap.floats(dy);
  const to = heap.floats(output).fill(0);
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const source = ((n * height + i) * width + j) * channels;
        const target = ((n * rows + i * stride) * columns + j * stride) * channels;
        for (let c = 0; c < channels; c++) to[target + c] = from[source + c]!;
      }
    }
  }
  return output;
}

/**
 * The gradient of a convolution by its input, as a convolution of dy, spread by the stride, with the turned filter.
 * In place of tfjs' own, a loop without SIMD.
 */
export const convInputGradientKernel = wasmKernel(Conv2DBackpropInput, (heap, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const filter = required(inputs, 'filter');
  const stride = strideOf(attrs);
  const info = backend_util.computeConv2DInfo(shape4D(attrs.inputShape), shape4D(filter.shape), stride, 1, 'same');
  const rotated = turned(heap, filter);
  const source = stride > 1 ? spread(heap, dy, stride) : dy;
  const [, rows, columns] = shape4D(source.shape);
  const top = info.filterHeight - 1 - info.padInfo.top;
  const left = info.filterWidth - 1 - info.padInfo.left;
  const bottom = info.inHeight + info.filterHeight - 1 - rows - top;
  const right = info.inWidth + info.filterWidth - 1 - columns - left;
  const dx = convolve(heap, source, rotated, { top, left, bottom, right }, 1);
  heap.free(rotated);
  if (source !== dy) heap.free(source);
  return dx;
});
