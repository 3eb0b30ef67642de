import { keep, mul, type Scalar, scalar, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { padFilter } from '../operations/pad.ts';
import type { PadInstruction } from '../program.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import { TensorMap } from '../tensor-map.ts';

/**
 * A lane's weights as they are at one moment, on the device: training may go on, and may even change its tensors in
 * place. A product with 1 is a true copy to the last bit; tfjs' `clone` would share the memory.
 */
export class FrozenWeights implements ReadableWeights {
  readonly parameters = new TensorMap();
  readonly running = new TensorMap();
  readonly gains: readonly number[];
  readonly #gainTensors: readonly Scalar[];
  readonly #padFilters = new TensorMap();

  /** `remembered` is what `Lane.remembered` gives; its velocities are left. */
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

  padFilter({ output, inChannels, channels }: PadInstruction): Tensor4D {
    if (this.#padFilters.find(output) === undefined) {
      // It may be asked for within a tidy, and outlives that.
      this.#padFilters.set(output, keep(padFilter(inChannels, channels)));
    }
    return this.#padFilters.get(output, 4);
  }

  dispose(): void {
    for (const map of [this.parameters, this.running, this.#padFilters]) map.dispose();
    for (const gain of this.#gainTensors) gain.dispose();
  }
}
