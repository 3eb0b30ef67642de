import { mul, sum, type Tensor1D, type Tensor2D, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { imageGradient } from '../graph/image-gradient.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';

/** The straight line (1 - t) * start + t * end between two images [size, size, 3], flat. */
export interface Line {
  readonly start: Float32Array;
  readonly end: Float32Array;
}

/** df/dt at each t, a tensor [ts.length], where f is one logit of a net whose norms have fixed statistics. */
export function derivativesAlong(
  { start, end }: Line,
  ts: readonly number[],
  label: number,
  program: Program,
  weights: ReadableWeights,
): Tensor1D {
  const size = Math.sqrt(start.length / 3);
  return tidy(() => {
    const images = tensor4d(between(start, end, ts), [ts.length, size, size, 3]);
    const { values, statistics } = forward(program, weights, images, 'running', true);
    statistics.dispose();
    const [, classes = 0] = values.get(program.output, 2).shape;
    const gradient = imageGradient(program, weights, values, logitOf(label, ts.length, classes));
    const towards = end.map((value, index) => value - (start[index] ?? 0));
    return sum(mul(gradient, tensor4d(towards, [1, size, size, 3])), [1, 2, 3]);
  });
}

function between(start: Float32Array, end: Float32Array, ts: readonly number[]): Float32Array {
  const images = new Float32Array(ts.length * start.length);
  ts.forEach((t, nth) => {
    start.forEach((value, index) => {
      images[nth * start.length + index] = (1 - t) * value + t * (end[index] ?? 0);
    });
  });
  return images;
}

/** The gradient of one logit with respect to all logits: a one-hot matrix [images, classes]. */
function logitOf(label: number, images: number, classes: number): Tensor2D {
  const ones = new Float32Array(images * classes);
  for (let row = 0; row < images; row++) ones[row * classes + label] = 1;
  return tensor2d(ones, [images, classes]);
}
