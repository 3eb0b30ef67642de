import { type Scalar, scalar, type Tensor2D, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { countParameters } from '../../spec/cost.ts';
import type { Graph } from '../../spec/node.ts';
import { listParameters, type Parameter } from '../../spec/parameter.ts';
import { forward } from '../forward.ts';
import { compile, type Program } from '../program.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import { TensorMap } from '../tensor-map.ts';

/** Where a net's numbers come from. Each is asked for once, so that no second copy of them all need be held. */
export interface WeightSource {
  parameter(parameter: Parameter): Float32Array | Promise<Float32Array>;
  /** Mean and variance of each channel, [2, channels]. */
  statistics(norm: string, channels: number): Float32Array | Promise<Float32Array>;
}

export interface LoadOptions {
  /** Hears which share of the numbers is loaded, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** A net that is only run: its weights are on the device once, and nothing beside them. */
export class FrozenNet {
  readonly graph: Graph;
  readonly program: Program;
  readonly #parameters = new TensorMap();
  readonly #running = new TensorMap();
  readonly #gains: readonly (Scalar | null)[];

  private constructor(graph: Graph, gains: readonly number[]) {
    this.graph = graph;
    this.program = compile(graph);
    this.#gains = gains.map((gain) => (gain === 0 ? null : scalar(gain)));
  }

  /** Rejects as the source does, and leaves nothing then. */
  static async load(
    graph: Graph,
    gains: readonly number[],
    source: WeightSource,
    { onProgress }: LoadOptions = {},
  ): Promise<FrozenNet> {
    const net = new FrozenNet(graph, gains);
    try {
      await net.#take(source, onProgress ?? (() => {}));
      return net;
    } catch (error) {
      net.dispose();
      throw error;
    }
  }

  async #take(source: WeightSource, onProgress: (fraction: number) => void): Promise<void> {
    const all = countParameters(this.graph);
    let loaded = 0;
    for (const parameter of listParameters(this.graph)) {
      const values = await source.parameter(parameter);
      this.#parameters.set(parameter.name, tensor(values, [...parameter.shape]));
      loaded += values.length;
      onProgress(loaded / all);
    }
    for (const instruction of this.program.instructions) {
      if (instruction.op !== 'norm') continue;
      const { norm, channels } = instruction;
      this.#running.set(norm, tensor(await source.statistics(norm, channels), [2, channels]));
    }
  }

  get weights(): ReadableWeights {
    return {
      parameters: this.#parameters,
      running: this.#running,
      gain: (block) => this.#gains[block - 1] ?? null,
    };
  }

  /**
   * Logits [N, classes] of images [N, size, size, 3], with the running statistics; with other weights, where it is to be
   * run as if it had them. `onValue` is called whenever there is a value more.
   */
  logits(images: Tensor4D, weights: ReadableWeights = this.weights, onValue?: () => void): Tensor2D {
    const watch = onValue && { onForward: onValue };
    const { values, statistics } = forward(this.program, weights, images, 'running', false, { watch });
    statistics.dispose();
    return values.get(this.program.output, 2);
  }

  dispose(): void {
    this.#parameters.dispose();
    this.#running.dispose();
    for (const gain of this.#gains) gain?.dispose();
  }
}
