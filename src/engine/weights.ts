import {
  concat,
  ones,
  type Rank,
  type Scalar,
  scalar,
  type Tensor,
  type Tensor4D,
  tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Graph } from '../spec/graph.ts';
import { listParameters } from '../spec/parameter.ts';
import { initialValues } from './initial.ts';
import { padFilter } from './operations/pad.ts';
import { movingAverage, type SgdRates, sgdUpdate } from './operations/sgd.ts';
import type { NormInstruction, PadInstruction, Program } from './program.ts';
import { TensorMap } from './tensor-map.ts';

/** Everything that a net remembers from one step to the next, on the device. */
export class Weights {
  /** What is trained, by the parameter's name. */
  readonly parameters = new TensorMap();
  /** The statistics [2, channels] of evaluation, by the norm's name. */
  readonly running = new TensorMap();
  readonly #velocities = new TensorMap();
  readonly #padFilters = new TensorMap();
  readonly #gains: number[];
  readonly #gainTensors: Scalar[];

  constructor(graph: Graph, program: Program, gains: readonly number[], seed: number) {
    for (const parameter of listParameters(graph)) {
      const shape = [...parameter.shape];
      this.parameters.set(parameter.name, tensor(initialValues(parameter, seed), shape));
      this.#velocities.set(parameter.name, zeros(shape));
    }
    for (const instruction of program.instructions) {
      if (instruction.op === 'norm') this.running.set(instruction.norm, initialStatistics(instruction.channels));
    }
    this.#gains = [...gains];
    this.#gainTensors = gains.map((gain) => scalar(gain));
  }

  get gains(): readonly number[] {
    return this.#gains;
  }

  /** Changes one gain, of a block counted from 1, and nothing else. */
  setGain(block: number, gain: number): void {
    this.#gainTensors[block - 1]?.dispose();
    this.#gainTensors[block - 1] = scalar(gain);
    this.#gains[block - 1] = gain;
  }

  /** The gain of a block counted from 1; null where it is 0, so that nothing need be computed for it. */
  gain(block: number): Scalar | null {
    return this.#gains[block - 1] === 0 ? null : (this.#gainTensors[block - 1] ?? null);
  }

  /** The fixed filter of an option A shortcut, made when it is first asked for. */
  padFilter({ output, inChannels, channels }: PadInstruction): Tensor4D {
    if (this.#padFilters.find(output) === undefined) this.#padFilters.set(output, padFilter(inChannels, channels));
    return this.#padFilters.get(output, 4);
  }

  /** One step of SGD on every parameter that has a gradient; the others rest. Disposes of the gradients. */
  update(gradients: TensorMap, rates: SgdRates): void {
    for (const [name, gradient] of gradients.entries()) {
      const old = this.parameters.find(name);
      const velocity = this.#velocities.find(name);
      if (old === undefined || velocity === undefined) throw new Error(`parameter: no ${name}`);
      const next = sgdUpdate(old, velocity, gradient, rates);
      this.parameters.set(name, next.weight);
      this.#velocities.set(name, next.velocity);
    }
    gradients.dispose();
  }

  /** Moves the running statistics toward a batch's: `keep` of the old, the rest of the new. */
  follow(statistics: TensorMap, keep: number): void {
    for (const [name] of statistics.entries()) {
      this.running.set(name, movingAverage(this.running.get(name, 2), statistics.get(name, 2), keep));
    }
  }

  /** Every tensor that a step changes, by its kind and name. */
  remembered(): readonly (readonly [string, Tensor])[] {
    return this.#kinds().flatMap(([kind, map]) =>
      [...map.entries()].map(([name, tensor]) => [`${kind} ${name}`, tensor] as const),
    );
  }

  /** Replaces them all by these values. Throws where one is missing or has another size. */
  restore(values: ReadonlyMap<string, Float32Array>): void {
    for (const [kind, map] of this.#kinds()) {
      for (const [name, { shape, size }] of map.entries()) {
        const value = values.get(`${kind} ${name}`);
        if (value?.length !== size) throw new Error(`snapshot: ${kind} ${name} has ${value?.length ?? 0} of ${size}`);
        map.set(name, tensor(value, shape));
      }
    }
  }

  #kinds(): readonly (readonly [string, TensorMap])[] {
    return [
      ['parameter', this.parameters],
      ['velocity', this.#velocities],
      ['running', this.running],
    ];
  }

  dispose(): void {
    for (const map of [this.parameters, this.running, this.#velocities, this.#padFilters]) map.dispose();
    for (const gain of this.#gainTensors) gain.dispose();
  }
}

/** Mean 0 and variance 1 for each channel. */
function initialStatistics(channels: NormInstruction['channels']) {
  const mean = zeros<Rank.R2>([1, channels]);
  const variance = ones<Rank.R2>([1, channels]);
  const statistics = concat([mean, variance], 0);
  mean.dispose();
  variance.dispose();
  return statistics;
}
