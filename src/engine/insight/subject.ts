import { mul, type Scalar, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { Graph } from '../../core/net/node.ts';
import type { Parameter } from '../../core/net/operation-facts.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { compile, type Program } from '../graph/compile.ts';
import { type ReadableWeights, TensorMap } from '../weights/tensor-map.ts';

/** The values of a parameter at step 0. */
export type InitialValues = (parameter: Parameter) => Float32Array;

/** A copy of a lane at one step, which lesions and probes evaluate while training goes on. */
export interface Subject {
  readonly lane: string;
  /** Steps that the lane had finished when it was copied. */
  readonly step: number;
  readonly net: NetSpec;
  readonly graph: Graph;
  readonly program: Program;
  readonly weights: FrozenWeights;
  readonly data: RaceData;
  readonly initial: InitialValues;
}

/** The state of a lane that is copied into a `Subject`. */
export interface SubjectSource {
  readonly lane: string;
  readonly step: number;
  readonly net: NetSpec;
  readonly data: RaceData;
  readonly initial: InitialValues;
  /** As `Model.stateTensors` gives it. */
  readonly stateTensors: readonly (readonly [string, Tensor])[];
  readonly gains: readonly number[];
}

/** Copies a lane's weights on the device. The caller disposes of `weights`. */
export function makeSubject({ stateTensors, gains, ...model }: SubjectSource): Subject {
  const graph = buildGraph(model.net, model.data.size, model.data.classes);
  return { ...model, graph, program: compile(graph), weights: new FrozenWeights(stateTensors, gains) };
}

/**
 * A copy of a lane's weights on the device, at one step: training may go on and change its own tensors in place. A
 * product with 1 is a bit-exact copy; tfjs' `clone` would share the memory.
 */
export class FrozenWeights implements ReadableWeights {
  readonly parameters = new TensorMap();
  readonly running = new TensorMap();
  readonly gains: readonly number[];
  readonly #gainTensors: readonly Scalar[];

  /** `stateTensors` are the tensors of `Model.stateTensors`; velocities are not copied. */
  constructor(stateTensors: readonly (readonly [string, Tensor])[], gains: readonly number[]) {
    const one = scalar(1);
    for (const [key, tensor] of stateTensors) {
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
