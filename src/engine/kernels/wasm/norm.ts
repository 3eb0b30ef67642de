import { NORM_BACKWARD, NORM_EVALUATE, NORM_FORWARD } from '../../operations/norm.ts';
import { type Inputs, numeric, required } from '../inputs.ts';
import { type Heap, wasmKernel } from './heap.ts';

// All loops run over one channel after another, with a channel's sums and factors in local variables: measured, that
// is 2.5 times as fast as the order of memory with the sums in arrays. And a ReLU multiplies by Number(value > 0):
// the signs are as good as random, and a branch on them is mispredicted half the time, at 3.5 times the cost.

/** Mean and biased variance of each channel of x [pixels, channels], into statistics [2, channels]. */
function moments(x: Float32Array, channels: number, statistics: Float32Array): void {
  const pixels = x.length / channels;
  for (let c = 0; c < channels; c++) {
    // Differences to the first pixel keep the variance from cancelling where the mean is large.
    const origin = x[c]!;
    let sum = 0;
    let squares = 0;
    for (let i = c; i < x.length; i += channels) {
      const difference = x[i]! - origin;
      sum += difference;
      squares += difference * difference;
    }
    const mean = sum / pixels;
    statistics[c] = mean + origin;
    statistics[channels + c] = Math.max(0, squares / pixels - mean * mean);
  }
}

interface ApplyOptions {
  readonly relu: boolean;
  readonly epsilon: number;
}

/** y = relu?(scale * (x - mean) / sqrt(variance + epsilon) + shift + gain * shortcut). */
function apply(heap: Heap, inputs: Inputs, statistics: Float32Array, y: Float32Array, options: ApplyOptions): void {
  const x = heap.floats(required(inputs, 'x'));
  const scale = heap.floats(required(inputs, 'scale'));
  const shift = heap.floats(required(inputs, 'shift'));
  const shortcut = inputs.shortcut === undefined ? null : heap.floats(inputs.shortcut);
  const gain = inputs.gain === undefined ? 0 : heap.floats(inputs.gain)[0]!;
  const floor = options.relu ? 0 : Number.NEGATIVE_INFINITY;
  const channels = scale.length;
  for (let c = 0; c < channels; c++) {
    const factor = scale[c]! / Math.sqrt(statistics[channels + c]! + options.epsilon);
    const offset = shift[c]! - statistics[c]! * factor;
    if (shortcut === null) {
      for (let i = c; i < x.length; i += channels) {
        const value = x[i]! * factor + offset;
        y[i] = value * Number(value > floor);
      }
    } else {
      for (let i = c; i < x.length; i += channels) {
        const value = x[i]! * factor + offset + gain * shortcut[i]!;
        y[i] = value * Number(value > floor);
      }
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
  const options = { relu: attrs.relu === true, epsilon: numeric(attrs, 'epsilon') };
  apply(heap, inputs, heap.floats(statistics), heap.floats(y), options);
  return [y, statistics];
});

/** See operations/norm.ts, normEvaluate. */
export const normEvaluateKernel = wasmKernel(NORM_EVALUATE, (heap, inputs, attrs) => {
  const y = heap.make(required(inputs, 'x').shape);
  const statistics = heap.floats(required(inputs, 'statistics'));
  const options = { relu: attrs.relu === true, epsilon: numeric(attrs, 'epsilon') };
  apply(heap, inputs, statistics, heap.floats(y), options);
  return y;
});

/** See operations/norm.ts, normBackward: outputs dx, dScale, dShift and, where there is a gain, dShortcut. */
export const normBackwardKernel = wasmKernel(NORM_BACKWARD, (heap, inputs, attrs) => {
  const { shape } = required(inputs, 'x');
  const channels = shape[3]!;
  const outputs = [heap.make(shape), heap.make([channels]), heap.make([channels])] as const;
  const shortcutOutput = inputs.gain === undefined ? null : heap.make(shape);

  const [x, y, dy] = [
    heap.floats(required(inputs, 'x')),
    heap.floats(required(inputs, 'y')),
    heap.floats(required(inputs, 'dy')),
  ];
  const statistics = heap.floats(required(inputs, 'statistics'));
  const scale = heap.floats(required(inputs, 'scale'));
  const gain = inputs.gain === undefined ? 0 : heap.floats(inputs.gain)[0]!;
  const [dx, dScale, dShift] = [heap.floats(outputs[0]), heap.floats(outputs[1]), heap.floats(outputs[2])];
  const dShortcut = shortcutOutput === null ? null : heap.floats(shortcutOutput);
  // Where y is 0 the ReLU let nothing through; without a ReLU everything passes.
  const closed = attrs.relu === true ? 0 : Number.NEGATIVE_INFINITY;
  const epsilon = numeric(attrs, 'epsilon');
  const pixels = x.length / channels;

  for (let c = 0; c < channels; c++) {
    const mean = statistics[c]!;
    let sum = 0;
    let product = 0;
    for (let i = c; i < x.length; i += channels) {
      const dz = dy[i]! * Number(y[i]! > closed);
      sum += dz;
      product += dz * (x[i]! - mean);
    }
    const inverse = 1 / Math.sqrt(statistics[channels + c]! + epsilon);
    dScale[c] = product * inverse;
    dShift[c] = sum;
    // dx = factor * (dz - mean(dz) - xHat * mean(dz * xHat)), collected as factor * dz + slope * x + constant.
    const factor = scale[c]! * inverse;
    const slope = (-factor * product * inverse * inverse) / pixels;
    const constant = (-factor * sum) / pixels - slope * mean;
    for (let i = c; i < x.length; i += channels) {
      const dz = dy[i]! * Number(y[i]! > closed);
      dx[i] = factor * dz + slope * x[i]! + constant;
      if (dShortcut !== null) dShortcut[i] = gain * dz;
    }
  }
  return shortcutOutput === null ? [...outputs] : [...outputs, shortcutOutput];
});
