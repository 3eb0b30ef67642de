import {
  concat,
  mean,
  mul,
  reshape,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import type { Instruction } from '../ops/operations.ts';
import { weightedMean } from '../ops/tensors/updates.ts';
import { disposeBatch, upload } from '../training/device-batch.ts';
import { disposeOnError } from '../weights/dispose-on-error.ts';
import { type ReadableWeights, TensorMap } from '../weights/tensor-map.ts';
import type { Scope } from './measurement.ts';
import type { Subject } from './subject.ts';

/** Every norm's mean and variance [2, channels], averaged over the batches that are added. */
export class Calibration {
  readonly statistics = new TensorMap();
  #batches = 0;

  add(program: Program, weights: ReadableWeights, images: Tensor4D): void {
    disposeOnError(() => {
      const trace = forward(program, weights, images, 'batch', false);
      trace.values.dispose();
      const keep = this.#batches / (this.#batches + 1);
      for (const [name] of trace.statistics.entries()) {
        const next = trace.statistics.get(name, 2);
        const old = this.statistics.find(name) === undefined ? null : this.statistics.get(name, 2);
        this.statistics.set(
          name,
          tidy(() => (old === null ? mul(next, 1) : weightedMean(old, next, keep))),
        );
      }
      trace.statistics.dispose();
    });
    this.#batches += 1;
  }

  /** Weights in which these statistics replace the running ones. */
  in(weights: ReadableWeights): ReadableWeights {
    const { parameters } = weights;
    return {
      parameters,
      running: this.statistics,
      gain: (block) => weights.gain(block),
    };
  }

  dispose(): void {
    this.statistics.dispose();
  }
}

/**
 * Mean and biased variance [2, channels] of each convolution's output on these batches, averaged over them, with the
 * running statistics of `weights`; by the convolution's name. The caller disposes of them.
 */
export function convolutionMoments(
  program: Program,
  weights: ReadableWeights,
  batches: readonly Tensor4D[],
): TensorMap {
  const moments = new TensorMap();
  for (const [index, images] of batches.entries()) {
    const onForward = ({ op, output }: Instruction, value: Tensor) => {
      if (op !== 'conv') return;
      const old = index === 0 ? null : moments.get(output, 2);
      moments.set(
        output,
        tidy(() => (old === null ? momentsOf(value) : weightedMean(old, momentsOf(value), index / (index + 1)))),
      );
    };
    const trace = forward(program, weights, images, 'running', false, { observer: { onForward } });
    trace.values.dispose();
    trace.statistics.dispose();
  }
  return moments;
}

/** Mean and biased variance [2, channels] over all axes but the last. */
function momentsOf(value: Tensor): Tensor2D {
  const [channels = 0] = value.shape.slice(-1);
  const rows: Tensor2D = reshape(value, [-1, channels]);
  const mu = mean<Tensor2D>(rows, 0, true);
  return concat([mu, mean<Tensor2D>(square(sub(rows, mu)), 0, true)], 0);
}

/**
 * The subject's weights, with running statistics replaced by those of the lane's next batch: the net then is a function
 * of one image, and the one that training sees. The scope owns the statistics.
 */
export function withFixedStatistics({ data, step, program, weights }: Subject, scope: Scope): ReadableWeights {
  const calibration = scope.own(new Calibration());
  disposeOnError(() => {
    const batch = upload(data.batch(step), data.size, data.classes);
    calibration.add(program, weights, batch.images);
    disposeBatch(batch);
  });
  return calibration.in(weights);
}
