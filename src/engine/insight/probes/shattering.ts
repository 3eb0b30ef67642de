import { mul, sum, type Tensor1D, type Tensor2D, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Batch } from '../../../data/batches/batches.ts';
import { Random } from '../../../data/batches/random.ts';
import type { ShatteringRequest, ShatteringResult } from '../../../features/insight/probes/shattering.ts';
import { imageGradient } from '../../graph/backward.ts';
import type { Program } from '../../graph/compile.ts';
import { forward } from '../../graph/forward.ts';
import { Readback } from '../../weights/readback.ts';
import type { ReadableWeights } from '../../weights/tensor-map.ts';
import { withFixedStatistics } from '../calibration.ts';
import { inScope, type MeasurementHooks } from '../measurement.ts';
import type { Subject } from '../subject.ts';

/** Points whose activations are kept at once. */
const AT_ONCE = 64;

/** Derivatives of a logit along lines between training images, and their autocorrelation (Balduzzi et al. 2017). */
export function probeShattering(
  subject: Subject,
  { lines, points, seed }: ShatteringRequest,
  { turn }: Pick<MeasurementHooks<never>, 'turn'>,
): Promise<ShatteringResult> {
  return inScope(async (scope) => {
    const { lane, step, data, program } = subject;
    const fixed = withFixedStatistics(subject, scope);
    const { training } = data;
    const count = training.labels.length;
    const positions = Array.from({ length: points }, (_, index) => index / (points - 1));
    const random = new Random(`shattering/${seed}`);
    const derivatives: number[][] = [];
    for (let nth = 0; nth < lines; nth++) {
      const from = random.below(count);
      const to = (from + 1 + random.below(count - 1)) % count;
      const line = { start: imageOf(training, from), end: imageOf(training, to) };
      const along: number[] = [];
      derivatives.push(along);
      for (let done = 0; done < points; done += AT_ONCE) {
        const ts = positions.slice(done, done + AT_ONCE);
        const readback = new Readback();
        const label = training.labels[from] ?? 0;
        readback.add(derivativesAlong(line, ts, label, program, fixed), (read) => along.push(...read));
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

/** The straight line (1 - t) * start + t * end between two images [size, size, 3], flat. */
export interface ImageLine {
  readonly start: Float32Array;
  readonly end: Float32Array;
}

/** df/dt at each t, a tensor [ts.length], where f is one logit of a net whose norms have fixed statistics. */
export function derivativesAlong(
  { start, end }: ImageLine,
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

/**
 * Sample autocorrelation of a series at the lags 0 .. most: sum over t of (x_t - m)(x_(t+k) - m) over sum of
 * (x_t - m)^2, with the mean m of all (Box and Jenkins; Balduzzi et al. 2017, section 2).
 */
export function autocorrelation(series: readonly number[], most: number): readonly number[] {
  const mean = series.reduce((sum, value) => sum + value / series.length, 0);
  const centred = series.map((value) => value - mean);
  const covariance = (lag: number) =>
    centred.reduce((sum, value, index) => sum + value * (centred[index + lag] ?? 0), 0);
  const variance = covariance(0);
  return Array.from({ length: most + 1 }, (_, lag) => covariance(lag) / variance);
}
