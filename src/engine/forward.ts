import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { conv } from './operations/conv.ts';
import { dense, pool } from './operations/head.ts';
import { type NormOptions, normEvaluate, normForward } from './operations/norm.ts';
import { pad } from './operations/pad.ts';
import type { Instruction, NormInstruction, Program } from './program.ts';
import { TensorMap } from './tensor-map.ts';
import type { Weights } from './weights.ts';

/** What a forward pass leaves behind: each value by its name, and each norm's statistics of the batch. */
export interface Trace {
  readonly values: TensorMap;
  readonly statistics: TensorMap;
}

/** Which statistics the normalisations use: the batch's own, or the running ones. */
export type Statistics = 'batch' | 'running';

/**
 * Runs a net on images [N, size, size, 3], which it does not take over. With `keepValues` the trace holds every value
 * that the backward pass needs; without, only the logits [N, classes].
 */
export function forward(
  program: Program,
  weights: Weights,
  images: Tensor4D,
  statistics: Statistics,
  keepValues: boolean,
): Trace {
  const trace: Trace = { values: new TensorMap(), statistics: new TensorMap() };
  trace.values.set(program.input, images.clone());
  program.instructions.forEach((instruction, index) => {
    trace.values.set(instruction.output, execute(instruction, weights, trace, statistics));
    const dead = keepValues ? program.lastUses : program.lastReads;
    for (const name of dead[index] ?? []) trace.values.delete(name);
  });
  return trace;
}

function execute(
  instruction: Instruction,
  weights: Weights,
  { values, statistics }: Trace,
  which: Statistics,
): Tensor4D | Tensor2D {
  const { parameters } = weights;
  switch (instruction.op) {
    case 'conv':
      return conv(values.get(instruction.input, 4), parameters.get(instruction.weight, 4), instruction.stride);
    case 'norm': {
      const x = values.get(instruction.input, 4);
      const options = normOptions(instruction, weights, values);
      if (which === 'running') return normEvaluate(x, weights.running.get(instruction.norm, 2), options);
      const normed = normForward(x, options);
      statistics.set(instruction.norm, normed.statistics);
      return normed.y;
    }
    case 'pad':
      return pad(values.get(instruction.input, 4), weights.padFilter(instruction), instruction.stride);
    case 'pool':
      return pool(values.get(instruction.input, 4));
    case 'dense': {
      const { input, weight, bias } = instruction;
      return dense(values.get(input, 2), parameters.get(weight, 2), parameters.get(bias, 1));
    }
    default:
      return instruction satisfies never;
  }
}

/** What a norm instruction needs beside its input. A shortcut of gain 0 is left out: it adds nothing. */
function normOptions(instruction: NormInstruction, weights: Weights, values: TensorMap): NormOptions {
  const { scale, shift, sum, relu } = instruction;
  const gain = sum === null ? null : weights.gain(sum.block);
  return {
    scale: weights.parameters.get(scale, 1),
    shift: weights.parameters.get(shift, 1),
    sum: sum === null || gain === null ? null : { shortcut: values.get(sum.shortcut, 4), gain },
    relu,
  };
}
