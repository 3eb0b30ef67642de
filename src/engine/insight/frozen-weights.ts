import { mul, type Scalar, scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { ReadableWeights } from '../weights/readable-weights.ts';
import { TensorMap } from '../weights/tensor-map.ts';

/**
 * A copy of a lane's weights on the device, at one step: training may go on and change its own tensors in place. A
 * product with 1 is a bit-exact copy; tfjs' `clone` would share the memory.
 */
export class FrozenWeights implements ReadableWeights {
  readonly parameters = new TensorMap();
  readonly running = new TensorMap();
  readonly gains: readonly number[];
  readonly #gainTensors: readonly Scalar[];

  /** `remembered` are the tensors of `Lane.remembered`; velocities are not copied. */
  constructor(remembered: readonly (readonly [string, Tensor])[], gains: readonly number[]) {
    const one = scalar(1);
    for (const [key, tensor] of remembered) {
      const [kind = '', name = ''] = key.split(' ');
      if (kind === 'parameter') this.parameters.set(name, mul(tensor, one));
      if (kind === 'running') this.running.set(name, mul(tensor, one));
    }
    one.dispose();
    this.gains = [...gains];
    this.#gainTensors = gains.map((gain) => scalar(gain));
  }

  gain(block: number): Scalar | null {
    return this.gains[block - 1] === 0 ? null : (this.#gainTensors[block - 1] ?? null);
  }

  dispose(): void {
    for (const map of [this.parameters, this.running]) map.dispose();
    for (const gain of this.#gainTensors) gain.dispose();
  }
}
