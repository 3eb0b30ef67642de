import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Dropping, ForwardContext, Statistics } from '../ops/operation.ts';
import { type Instruction, operationOf } from '../ops/operations.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import type { StepWatch } from '../step-watch.ts';
import { ofRank, TensorMap } from '../tensor-map.ts';
import type { Program } from './compile.ts';

/** What a forward pass leaves behind: each value by its name, and each norm's statistics of the batch. */
export interface Trace {
  readonly values: TensorMap;
  readonly statistics: TensorMap;
}

export interface ForwardOptions<Watch = StepWatch> {
  readonly dropping?: Dropping | null;
  readonly watch?: Watch | undefined;
}

/**
 * Runs a net on images [N, size, size, 3], which it does not take over. With `keepValues` the trace holds every value
 * that the backward pass needs; without, only the logits [N, classes]. Numbers are dropped only where `dropping` says how.
 */
export function forward(
  program: Program,
  weights: ReadableWeights,
  images: Tensor4D,
  which: Statistics,
  keepValues: boolean,
  { dropping = null, watch }: ForwardOptions<Pick<StepWatch, 'onForward'>> = {},
): Trace {
  const trace: Trace = { values: new TensorMap(), statistics: new TensorMap() };
  const moments = new TensorMap();
  const context = { weights, ...trace, moments, which, dropping };
  trace.values.set(program.input, images.clone());
  program.instructions.forEach((instruction, index) => {
    const value = execute(instruction, context);
    watch?.onForward(instruction, value);
    trace.values.set(instruction.output, value);
    const dead = keepValues ? program.lastUses : program.lastReads;
    for (const name of dead[index] ?? []) trace.values.delete(name);
  });
  moments.dispose();
  return trace;
}

/** The map [N, H, W, C] that an instruction computes from values that are there, with the running statistics: a new tensor. */
export function evaluate(instruction: Instruction, weights: ReadableWeights, values: TensorMap): Tensor4D {
  const none = new TensorMap();
  const context = { weights, values, statistics: none, moments: none, which: 'running', dropping: null } as const;
  return ofRank(execute(instruction, context), 4);
}

function execute(instruction: Instruction, context: ForwardContext): Tensor4D | Tensor2D {
  return operationOf(instruction).forward(instruction, context);
}
