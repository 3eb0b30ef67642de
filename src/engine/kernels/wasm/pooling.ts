import { AVERAGE_POOL, AVERAGE_POOL_GRADIENT } from '../../ops/average-pool.ts';
import { MAX_POOL, MAX_POOL_GRADIENT, POOL, POOL_GRADIENT, type Window, windowOf } from '../../ops/pool.ts';
import { numeric, required, type Shape4D, shape4D } from '../registry.ts';
import { wasmKernel } from './heap.ts';

/** Calls `visit` for each output pixel and each input pixel in its window, with the offsets of both. */
function eachWindow(
  [batch, height, width, channels]: Shape4D,
  window: Window,
  begin: (to: number) => void,
  visit: (to: number, from: number) => void,
): void {
  const { kernel, stride, padding } = window;
  let to = 0;
  for (let n = 0; n < batch; n++) {
    for (let row = 0; row < window.height; row++) {
      const [top, bottom] = [Math.max(0, row * stride - padding), Math.min(height, row * stride - padding + kernel)];
      for (let column = 0; column < window.width; column++) {
        const left = Math.max(0, column * stride - padding);
        const right = Math.min(width, column * stride - padding + kernel);
        begin(to);
        for (let h = top; h < bottom; h++) {
          for (let w = left; w < right; w++) visit(to, ((n * height + h) * width + w) * channels);
        }
        to += channels;
      }
    }
  }
}

/** See ops/pool.ts, maxPool. */
export const wasmMaxPoolKernel = wasmKernel(MAX_POOL, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const shape = shape4D(x.shape);
  const { kernel, stride, padding, height, width } = windowOf(attrs);
  const y = heap.make([shape[0], height, width, shape[3]]);
  const [images, inHeight, inWidth, channels] = shape;
  heap.run('runMaxPool', {
    x: heap.pointer(x),
    y: heap.pointer(y),
    images,
    height: inHeight,
    width: inWidth,
    channels,
    kernel,
    stride,
    padding,
    outHeight: height,
    outWidth: width,
  });
  return y;
});

/** See ops/pool.ts, maxPoolGradient. */
export const wasmMaxPoolGradientKernel = wasmKernel(MAX_POOL_GRADIENT, (heap, inputs, attrs) => {
  const [x, dy] = [required(inputs, 'x'), required(inputs, 'dy')];
  const shape = shape4D(x.shape);
  const channels = shape[3];
  const dx = heap.make(shape);
  const [values, given, result] = [heap.floats(x), heap.floats(dy), heap.floats(dx).fill(0)];
  const largest = new Float32Array(channels);
  const places = new Int32Array(channels);
  let last = -1;
  const hand = () => {
    if (last >= 0) for (let c = 0; c < channels; c++) result[places[c]!] = result[places[c]!]! + given[last + c]!;
  };
  eachWindow(
    shape,
    windowOf(attrs),
    (at) => {
      hand();
      last = at;
      largest.fill(Number.NEGATIVE_INFINITY);
    },
    (_, pixel) => {
      for (let c = 0; c < channels; c++) {
        const value = values[pixel + c]!;
        if (value <= largest[c]!) continue;
        largest[c] = value;
        places[c] = pixel + c;
      }
    },
  );
  hand();
  return dx;
});

/** See ops/pool.ts, pool. */
export const wasmPoolKernel = wasmKernel(POOL, (heap, inputs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const y = heap.make([batch, channels]);
  const sizes = { images: batch, pixels: height * width, channels };
  heap.run('runPool', { map: heap.pointer(x), means: heap.pointer(y), ...sizes });
  return y;
});

/** See ops/pool.ts, poolGradient. */
export const wasmPoolGradientKernel = wasmKernel(POOL_GRADIENT, (heap, inputs, attrs) => {
  const [batch, height, width, channels] = shape4D(attrs.inputShape);
  const dx = heap.make([batch, height, width, channels]);
  const sizes = { images: batch, pixels: height * width, channels };
  heap.run('runPoolGradient', { map: heap.pointer(dx), means: heap.pointer(required(inputs, 'dy')), ...sizes });
  return dx;
});

/** See ops/average-pool.ts, averagePool. Columns of a window are summed first, as the composition does. */
export const wasmAveragePoolKernel = wasmKernel(AVERAGE_POOL, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const kernel = numeric(attrs, 'kernel');
  const y = heap.make([batch, height / kernel, width / kernel, channels]);
  const [from, to] = [heap.floats(x), heap.floats(y)];
  const line = width * channels;
  let at = 0;
  for (let row = 0; row < (batch * height) / kernel; row++) {
    for (let column = 0; column < width / kernel; column++) {
      const corner = row * kernel * line + column * kernel * channels;
      for (let c = 0; c < channels; c++) {
        let total = 0;
        for (let w = 0; w < kernel; w++) {
          let sum = 0;
          for (let h = 0; h < kernel; h++) sum += from[corner + h * line + w * channels + c]!;
          total += Math.fround(sum);
        }
        to[at++] = total / kernel ** 2;
      }
    }
  }
  return y;
});

/** See ops/average-pool.ts, averagePoolGradient. */
export const wasmAveragePoolGradientKernel = wasmKernel(AVERAGE_POOL_GRADIENT, (heap, inputs, attrs) => {
  const dy = required(inputs, 'dy');
  const [batch, height, width, channels] = shape4D(dy.shape);
  const kernel = numeric(attrs, 'kernel');
  const dx = heap.make([batch, height * kernel, width * kernel, channels]);
  const [from, to] = [heap.floats(dy), heap.floats(dx)];
  const share = 1 / kernel ** 2;
  let at = 0;
  for (let row = 0; row < batch * height * kernel; row++) {
    const line = Math.floor(row / kernel) * width * channels;
    for (let column = 0; column < width * kernel; column++) {
      const pixel = line + Math.floor(column / kernel) * channels;
      for (let c = 0; c < channels; c++) to[at++] = from[pixel + c]! * share;
    }
  }
  return dx;
});
