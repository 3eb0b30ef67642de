import type { Tensor } from '@tensorflow/tfjs-core';
import { buildGraph } from '../../core/net/graph.ts';
import type { NetSpec } from '../../core/net/net.ts';
import type { Graph } from '../../core/net/node.ts';
import type { RaceData } from '../../data/batches/race-data.ts';
import { compile, type Program } from '../graph/compile.ts';
import { FrozenWeights } from './frozen-weights.ts';

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
  /** Seed of the weights at step 0. */
  readonly seed: number;
}

/** The state of a lane that is copied into a `Subject`. */
export interface Model {
  readonly lane: string;
  readonly step: number;
  readonly net: NetSpec;
  readonly data: RaceData;
  readonly seed: number;
  /** As `Lane.remembered` gives it. */
  readonly remembered: readonly (readonly [string, Tensor])[];
  readonly gains: readonly number[];
}

/** Copies a lane's weights on the device. The caller disposes of `weights`. */
export function makeSubject({ remembered, gains, ...model }: Model): Subject {
  const graph = buildGraph(model.net, model.data.size, model.data.classes);
  return { ...model, graph, program: compile(graph), weights: new FrozenWeights(remembered, gains) };
}
