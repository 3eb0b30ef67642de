import type { TensorInfo } from '@tensorflow/tfjs-core';
import { NORM_BACKWARD, NORM_EVALUATE, NORM_FORWARD } from '../../operations/norm.ts';
import { type Heap, type Inputs, numeric, required, wasmKernel } from './heap.ts';

/**
 * Mean and biased variance of each channel of x [pixels, channels], into statistics [2, channels]. One pass: sums of
 * differences to the first pixel, which keeps the variance from cancelling where the mean is large.
 */
function moments(x: Float32Array, channels: number, statistics: Float32Array): void {
  const pixels = x.length / channels;
  const origin = x.slice(0, channels);
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let base = 0; base < x.length; base += channels) {
    for (let c = 0; c < channels; c++) {
      const difference = x[base + c]! - origin[c]!;
      sums[c]! += difference;
      squares[c]! += difference * difference;
    }
  }
  for (let c = 0; c < channels; c++) {
    const mean = sums[c]! / pixels;
    statistics[c] = mean + origin[c]!;
    statistics[channels + c] = Math.max(0, squares[c]! / pixels - mean * mean);
  }
}

/** Factor and offset of each channel, so that factor * x + offset = scale * (x - mean) / sqrt(variance + epsilon) + shift. */
function affine(heap: Heap, inputs: Inputs, statistics: Float32Array, epsilon: number) {
  const scale = heap.floats(required(inputs, 'scale'));
  const shift = heap.floats(required(inputs, 'shift'));
  const channels = scale.length;
  const factor = scale.map((value, c) => value / Math.sqrt(statistics[channels + c]! + epsilon));
  const offset = shift.map((value, c) => value - statistics[c]! * factor[c]!);
  return { factor, offset };
}

/** y = relu?(factor * x + offset + gain * shortcut), channel by channel. */
function apply(
  heap: Heap,
  inputs: Inputs,
  y: TensorInfo,
  statistics: Float32Array,
  relu: boolean,
  epsilon: number,
): void {
  const { factor, offset } = affine(heap, inputs, statistics, epsilon);
  const channels = factor.length;
  const from = heap.floats(required(inputs, 'x'));
  const to = heap.floats(y);
  const floor = relu ? 0 : Number.NEGATIVE_INFINITY;
  if (inputs.shortcut === undefined) {
    for (let base = 0; base < from.length; base += channels) {
      for (let c = 0; c < channels; c++) {
        const value = from[base + c]! * factor[c]! + offset[c]!;
        to[base + c] = value < floor ? 0 : value;
      }
    }
    return;
  }
  const shortcut = heap.floats(inputs.shortcut);
  const gain = heap.floats(required(inputs, 'gain'))[0]!;
  for (let base = 0; base < from.length; base += channels) {
    for (let c = 0; c < channels; c++) {
      const value = from[base + c]! * factor[c]! + offset[c]! + gain * shortcut[base + c]!;
      to[base + c] = value < floor ? 0 : value;
    }
  }
}

/** See operations/norm.ts, normForward: outputs y and statistics. */
export const normForwardKernel = wasmKernel(NORM_FORWARD, (heap, inputs, attrs) => {
  const x = required(inputs, 'x');
  const channels = x.shape[3]!;
  const y = heap.make(x.shape);
  const statistics = heap.make([2, channels]);
  moments(heap.floats(x), channels, heap.floats(statistics));
  apply(heap, inputs, y, heap.floats(statistics), attrs.relu === true, numeric(attrs, 'epsilon'));
  return [y, statistics];
});

/** See operations/norm.ts, normEvaluate. */
export const normEvaluateKernel = wasmKernel(NORM_EVALUATE, (heap, inputs, attrs) => {
  const y = heap.make(required(inputs, 'x').shape);
  const statistics = heap.floats(required(inputs, 'statistics'));
  apply(heap, inputs, y, statistics, attrs.relu === true, numeric(attrs, 'epsilon'));
  return y;
});

/** See operations/norm.ts, normBackward: outputs dx, dScale, dShift and, where there is a gain, dShortcut. */
export const normBackwardKernel = wasmKernel(NORM_BACKWARD, (heap, inputs, attrs) => {
  const { shape } = required(inputs, 'x');
  const channels = shape[3]!;
  const dx = heap.make(shape);
  const dScale = heap.make([channels]);
  const dShift = heap.make([channels]);
  const dShortcut = inputs.gain === undefined ? null : heap.make(shape);

  const x = heap.floats(required(inputs, 'x'));
  const y = heap.floats(required(inputs, 'y'));
  const dy = heap.floats(required(inputs, 'dy'));
  const statistics = heap.floats(required(inputs, 'statistics'));
  const scale = heap.floats(required(inputs, 'scale'));
  const dz = heap.floats(dx);
  // Where y is 0 the ReLU let nothing through; without a ReLU everything passes.
  const closed = attrs.relu === true ? 0 : Number.NEGATIVE_INFINITY;

  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let base = 0; base < x.length; base += channels) {
    for (let c = 0; c < channels; c++) {
      const d = y[base + c]! > closed ? dy[base + c]! : 0;
      dz[base + c] = d;
      sums[c]! += d;
      products[c]! += d * (x[base + c]! - statistics[c]!);
    }
  }

  if (inputs.gain !== undefined && dShortcut !== null) {
    const gain = heap.floats(inputs.gain)[0]!;
    const toShortcut = heap.floats(dShortcut);
    if (gain === 1) toShortcut.set(dz);
    else for (let i = 0; i < dz.length; i++) toShortcut[i] = gain * dz[i]!;
  }

  // dx = a * (dz - mean(dz) - xHat * mean(dz * xHat)) with a = scale / deviation, collected as a * dz + b * x + c.
  const pixels = x.length / channels;
  const [onDz, onX, constant] = [new Float32Array(channels), new Float32Array(channels), new Float32Array(channels)];
  for (let c = 0; c < channels; c++) {
    const inverse = 1 / Math.sqrt(statistics[channels + c]! + numeric(attrs, 'epsilon'));
    const factor = scale[c]! * inverse;
    heap.floats(dScale)[c] = products[c]! * inverse;
    heap.floats(dShift)[c] = sums[c]!;
    onDz[c] = factor;
    onX[c] = (-factor * products[c]! * inverse * inverse) / pixels;
    constant[c] = (-factor * sums[c]!) / pixels - onX[c]! * statistics[c]!;
  }
  for (let base = 0; base < x.length; base += channels) {
    for (let c = 0; c < channels; c++) {
      dz[base + c] = onDz[c]! * dz[base + c]! + onX[c]! * x[base + c]! + constant[c]!;
    }
  }
  return dShortcut === null ? [dx, dScale, dShift] : [dx, dScale, dShift, dShortcut];
});
