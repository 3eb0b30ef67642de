import { mul, sum, type Tensor2D, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Batch } from '../../../data/batches.ts';
import { Random } from '../../../data/random.ts';
import type { ProbeRequest, ShatteringResult } from '../../../spec/probe.ts';
import { forward } from '../../forward.ts';
import { Readback } from '../../readback.ts';
import { autocorrelation } from '../autocorrelation.ts';
import { withFixedStatistics } from '../fixed.ts';
import { imageGradient } from '../image-gradient.ts';
import type { Inquiry } from '../inquiry.ts';
import { inScope } from '../scope.ts';
import type { Subject } from '../subject.ts';

type Request = Extract<ProbeRequest, { readonly name: 'shattering' }>;

/** Points whose activations are kept at once. */
const AT_ONCE = 64;

/** Derivatives of a logit along lines between training images, and how fast they change. */
export function probeShattering(
  subject: Subject,
  { lines, points, seed }: Request,
  { turn }: Pick<Inquiry<never>, 'turn'>,
): Promise<ShatteringResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program } = subject;
    const { size, classes, training } = data;
    const fixed = withFixedStatistics(subject, scope);
    const positions = Array.from({ length: points }, (_, index) => index / (points - 1));
    const random = new Random(`shattering/${seed}`);
    const derivatives: number[][] = [];
    for (let line = 0; line < lines; line++) {
      const start = random.below(training.labels.length);
      const end = (start + 1 + random.below(training.labels.length - 1)) % training.labels.length;
      const [x0, x1] = [imageOf(training, start), imageOf(training, end)];
      const label = training.labels[start] ?? 0;
      const along: number[] = [];
      derivatives.push(along);
      for (let from = 0; from < points; from += AT_ONCE) {
        const ts = positions.slice(from, from + AT_ONCE);
        const readback = new Readback();
        const slopes = tidy(() => {
          const shape: [number, number, number, number] = [ts.length, size, size, 3];
          const images = tensor4d(between(x0, x1, ts), shape);
          const { values, statistics } = forward(program, fixed, images, 'running', true);
          statistics.dispose();
          const gradient = imageGradient(program, fixed, values, logit(label, ts.length, classes));
          const direction = tensor4d(
            x1.map((value, index) => value - (x0[index] ?? 0)),
            [1, size, size, 3],
          );
          return sum(mul(gradient, direction), [1, 2, 3]);
        });
        readback.add(slopes, (read) => along.push(...read));
        await readback.flush();
        await turn();
      }
    }
    const each = derivatives.map((series) => autocorrelation(series, Math.floor(points / 4)));
    const lags = each[0] ?? [];
    const mean = lags.map((_, lag) => each.reduce((total, one) => total + (one[lag] ?? 0) / each.length, 0));
    return { name: 'shattering', lane, step, positions, derivatives, autocorrelation: mean };
  });
}

function imageOf({ images, labels }: Batch, index: number): Float32Array {
  const pixels = images.length / labels.length;
  return images.subarray(index * pixels, (index + 1) * pixels);
}

/** The images at these places of the line from x0 to x1, one after the other. */
function between(x0: Float32Array, x1: Float32Array, ts: readonly number[]): Float32Array {
  const images = new Float32Array(ts.length * x0.length);
  ts.forEach((t, nth) => {
    x0.forEach((value, index) => {
      images[nth * x0.length + index] = (1 - t) * value + t * (x1[index] ?? 0);
    });
  });
  return images;
}

/** The gradient of one logit by the logits, for each of so many images. */
function logit(label: number, images: number, classes: number): Tensor2D {
  const ones = new Float32Array(images * classes);
  for (let row = 0; row < images; row++) ones[row * classes + label] = 1;
  return tensor2d(ones, [images, classes]);
}
