import {
  concat,
  ones,
  type Rank,
  reshape,
  type Scalar,
  scalar,
  type Tensor,
  tensor,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Graph } from '../../core/net/node.ts';
import { listParameters } from '../../core/net/operation-facts.ts';
import { type Program, shortcutParameters } from '../graph/compile.ts';
import { hasKernel } from '../kernels/registry.ts';
import type { NormInstruction } from '../ops/norm.ts';
import { canPack, overwrite, PackedBuffers, packTensors } from '../ops/tensors/pack.ts';
import { movingAverages, SGD_UPDATE, type SgdRates, sgdUpdate } from '../ops/tensors/updates.ts';
import { initialValues } from './initial.ts';
import { TensorMap } from './tensor-map.ts';

/** A net's state between steps, on the device: parameters, velocities, running statistics and gains. */
export class Weights {
  /** The trained tensors, by parameter name. */
  readonly parameters = new TensorMap();
  /** Running mean and variance [2, channels], used in evaluation, by the norm's name. */
  readonly running = new TensorMap();
  /** Packed buffers for parameter gradients and batch statistics, on a backend that packs. */
  readonly gradientBuffers = new PackedBuffers();
  readonly statisticsBuffers = new PackedBuffers();
  /** Momentum buffers of SGD, by parameter name. */
  readonly velocities = new TensorMap();
  readonly #shortcutParameters: ReadonlyMap<string, number>;
  readonly #gains: number[];
  readonly #gainTensors: Scalar[];

  constructor(graph: Graph, program: Program, gains: readonly number[], seed: number) {
    for (const parameter of listParameters(graph)) {
      const shape = [...parameter.shape];
      this.parameters.set(parameter.name, tensor(initialValues(parameter, seed), shape));
      this.velocities.set(parameter.name, zeros(shape));
    }
    for (const instruction of program.instructions) {
      if (instruction.op === 'norm') this.running.set(instruction.norm, initialStatistics(instruction.channels));
    }
    this.#shortcutParameters = shortcutParameters(program);
    this.#gains = [...gains];
    this.#gainTensors = gainTensors(gains);
  }

  /** All tensors that last between steps. A recorded step stays valid while these are the same tensors. */
  get tensors(): readonly Tensor[] {
    return [...this.stateTensors().map(([, tensor]) => tensor), ...this.#gainTensors];
  }

  get gains(): readonly number[] {
    return this.#gains;
  }

  /** Changes the gain of one block, counted from 1. */
  setGain(block: number, gain: number): void {
    this.#gains[block - 1] = gain;
    const old = this.#gainTensors[block - 1];
    if (old === undefined || overwrite(old, [gain])) return;
    this.#gainTensors[block - 1] = scalar(gain);
    old.dispose();
  }

  /**
   * The gain of a block, counted from 1; null for 0, so that the shortcut is not computed. On a backend that packs 0 is
   * a tensor, too, since a recorded step's structure must not depend on a gain.
   */
  gain(block: number): Scalar | null {
    if (!canPack() && this.#gains[block - 1] === 0) return null;
    return this.#gainTensors[block - 1] ?? null;
  }

  /** One step of SGD on every parameter that has a gradient; the others stay unchanged. Disposes of the gradients. */
  update(gradients: TensorMap, rates: SgdRates): void {
    this.gradientBuffers.ensurePacked(gradients);
    const names = [...gradients.entries()].map(([name]) => name);
    // One by one where updates allocate, so that only one parameter exists twice at a time.
    const allocates = rates.equalSteps === true || !hasKernel(SGD_UPDATE);
    for (const group of allocates && !canPack() ? names.map((name) => [name]) : [names])
      this.#updateTogether(group, gradients, rates);
    gradients.dispose();
  }

  #updateTogether(names: readonly string[], gradients: TensorMap, rates: SgdRates): void {
    const parameters = names.map((name) => {
      const [weight, velocity] = [this.parameters.find(name), this.velocities.find(name)];
      const gradient = gradients.find(name);
      if (weight === undefined || velocity === undefined || gradient === undefined) {
        throw new Error(`parameter: no ${name}`);
      }
      return { weight, velocity, gradient, gain: this.#gainOf(name) };
    });
    sgdUpdate(parameters, rates).forEach(({ weight, velocity }, nth) => {
      const name = names[nth] ?? '';
      this.parameters.set(name, weight);
      this.velocities.set(name, velocity);
      gradients.delete(name);
    });
  }

  /** Exponential moving average: running = keep * running + (1 - keep) * statistics. */
  updateStatistics(statistics: TensorMap, keep: number): void {
    this.statisticsBuffers.ensurePacked(statistics);
    const entries = [...statistics.entries()];
    if (entries.length === 0) return;
    const olds = entries.map(([name]) => this.running.get(name, 2));
    const nexts = entries.map(([, tensor]) => tensor);
    const averages = movingAverages(olds, nexts, keep);
    entries.forEach(([name, tensor], nth) => {
      this.running.set(name, averages[nth] ?? tensor);
    });
  }

  /** Every tensor that a step changes, by kind and name, such as "velocity stem.conv.weight". */
  stateTensors(): readonly (readonly [string, Tensor])[] {
    return this.#kinds().flatMap(([kind, map]) =>
      [...map.entries()].map(([name, tensor]) => [`${kind} ${name}`, tensor] as const),
    );
  }

  /** Replaces all `stateTensors` tensors by these values. Throws where one is missing or has another size. */
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
      ['velocity', this.velocities],
      ['running', this.running],
    ];
  }

  dispose(): void {
    for (const map of [this.parameters, this.running, this.velocities]) map.dispose();
    for (const places of [this.gradientBuffers, this.statisticsBuffers]) places.dispose();
    for (const gain of this.#gainTensors) gain.dispose();
  }

  #gainOf(parameter: string) {
    const block = this.#shortcutParameters.get(parameter);
    if (block === undefined) return undefined;
    const [value, tensor] = [this.#gains[block - 1], this.#gainTensors[block - 1]];
    return value === undefined || tensor === undefined ? undefined : { value, tensor };
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

/** One scalar a block. On a backend that packs they share a buffer and can be changed in place. */
function gainTensors(gains: readonly number[]): Scalar[] {
  return tidy(() => packTensors(gains.map((gain) => scalar(gain))).map((gain) => reshape<Rank.R0>(gain, [])));
}
