import { mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { mix } from '../ops/tensors/updates.ts';
import { disposeBatch, upload } from '../training/device-batch.ts';
import { type ReadableWeights, TensorMap } from '../weights/tensor-map.ts';
import type { Scope } from './measurement.ts';
import type { Subject } from './subject.ts';

/** Every norm's mean and variance [2, channels], averaged over the batches that are added. */
export class Calibration {
  readonly statistics = new TensorMap();
  #batches = 0;

  add(program: Program, weights: ReadableWeights, images: Tensor4D): void {
    const trace = forward(program, weights, images, 'batch', false);
    trace.values.dispose();
    const keep = this.#batches / (this.#batches + 1);
    for (const [name] of trace.statistics.entries()) {
      const next = trace.statistics.get(name, 2);
      const old = this.statistics.find(name) === undefined ? null : this.statistics.get(name, 2);
      this.statistics.set(
        name,
        tidy(() => (old === null ? mul(next, 1) : mix(old, next, keep))),
      );
    }
    trace.statistics.dispose();
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
 * The subject's weights, with running statistics replaced by those of the lane's next batch: the net then is a function
 * of one image, and the one that training sees. The scope owns the statistics.
 */
export function withFixedStatistics({ data, step, program, weights }: Subject, scope: Scope): ReadableWeights {
  const batch = upload(data.batch(step), data.size, data.classes);
  const calibration = scope.own(new Calibration());
  calibration.add(program, weights, batch.images);
  disposeBatch(batch);
  return calibration.in(weights);
}
