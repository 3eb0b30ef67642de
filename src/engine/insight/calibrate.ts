import { mul, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Program } from '../graph/compile.ts';
import { forward } from '../graph/forward.ts';
import { mix } from '../ops/tensors/averages.ts';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { TensorMap } from '../weights/tensor-map.ts';

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
