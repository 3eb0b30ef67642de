import { type Scalar, scalar, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import type { Graph } from '../../spec/node.ts';
import { listParameters, type Parameter } from '../../spec/parameter.ts';
import { forward } from '../forward.ts';
import { compile, type Program } from '../program.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import { TensorMap } from '../tensor-map.ts';

/** Where a net's numbers come from. Each is asked for once, so that no second copy of them all need be held. */
export interface WeightSource {
  parameter(parameter: Parameter): Float32Array;
  /** Mean and variance of each channel, [2, channels]. */
  statistics(norm: string, channels: number): Float32Array;
}

/** A net that is only run: its weights are on the device once, and nothing beside them. */
export class FrozenNet {
  readonly program: Program;
  readonly #parameters = new TensorMap();
  readonly #running = new TensorMap();
  readonly #gains: readonly (Scalar | null)[];

  constructor(graph: Graph, gains: readonly number[], source: WeightSource) {
    this.program = compile(graph);
    for (const parameter of listParameters(graph)) {
      this.#parameters.set(parameter.name, tensor(source.parameter(parameter), [...parameter.shape]));
    }
    for (const instruction of this.program.instructions) {
      if (instruction.op !== 'norm') continue;
      const { norm, channels } = instruction;
      this.#running.set(norm, tensor(source.statistics(norm, channels), [2, channels]));
    }
    this.#gains = gains.map((gain) => (gain === 0 ? null : scalar(gain)));
  }

  get weights(): ReadableWeights {
    return {
      parameters: this.#parameters,
      running: this.#running,
      gain: (block) => this.#gains[block - 1] ?? null,
    };
  }

  /** Logits [N, classes] of images [N, size, size, 3], with the running statistics. */
  logits(images: Tensor4D): Tensor2D {
    const { values, statistics } = forward(this.program, this.weights, images, 'running', false);
    statistics.dispose();
    return values.get(this.program.output, 2);
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#running.dispose();
    for (const gain of this.#gains) gain?.dispose();
  }
}
