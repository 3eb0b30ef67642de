import { POOL, POOL_GRADIENT } from '../../ops/pool.ts';
import { required, shape4D } from '../inputs.ts';
import { wasmKernel } from './heap.ts';

/** See ops/pool.ts, pool. */
export const poolKernel = wasmKernel(POOL, (heap, inputs) => {
  const x = required(inputs, 'x');
  const [batch, height, width, channels] = shape4D(x.shape);
  const y = heap.make([batch, channels]);
  const [from, to] = [heap.floats(x), heap.floats(y).fill(0)];
  const pixels = height * width;
  for (let n = 0; n < batch; n++) {
    const row = n * channels;
    for (let at = row * pixels; at < (row + channels) * pixels; at += channels) {
      for (let c = 0; c < channels; c++) to[row + c] = to[row + c]! + from[at + c]!;
    }
    for (let c = 0; c < channels; c++) to[row + c] = to[row + c]! / pixels;
  }
  return y;
});

/** See ops/pool.ts, poolGradient. */
export const poolGradientKernel = wasmKernel(POOL_GRADIENT, (heap, inputs, attrs) => {
  const [batch, height, width, channels] = shape4D(attrs.inputShape);
  const dx = heap.make([batch, height, width, channels]);
  const [from, to] = [heap.floats(required(inputs, 'dy')), heap.floats(dx)];
  const pixels = height * width;
  for (let n = 0; n < batch; n++) {
    const row = n * channels;
    for (let at = row * pixels; at < (row + channels) * pixels; at += channels) {
      for (let c = 0; c < channels; c++) to[at + c] = from[row + c]! / pixels;
    }
  }
  return dx;
});
