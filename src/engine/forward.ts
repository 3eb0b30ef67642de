import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { conv, convWithMoments } from './operations/conv.ts';
import { dense, pool } from './operations/head.ts';
import { type NormOptions, normEvaluate, normForward } from './operations/norm.ts';
import { padShortcut } from './operations/pad.ts';
import type { Instruction, NormInstruction, Program } from './program.ts';
import type { ReadableWeights } from './readable-weights.ts';
import type { StepWatch } from './step-watch.ts';
import { TensorMap } from './tensor-map.ts';

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
  weights: ReadableWeights,
  images: Tensor4D,
  statistics: Statistics,
  keepValues: boolean,
  watch?: StepWatch,
): Trace {
  const trace: Trace = { values: new TensorMap(), statistics: new TensorMap() };
  const moments = new TensorMap();
  trace.values.set(program.input, images.clone());
  program.instructions.forEach((instruction, index) => {
    const value = execute(instruction, weights, trace, moments, statistics);
    watch?.onForward(instruction, value);
    trace.values.set(instruction.output, value);
    const dead = keepValues ? program.lastUses : program.lastReads;
    for (const name of dead[index] ?? []) trace.values.delete(name);
  });
  moments.dispose();
  return trace;
}

function execute(
  instruction: Instruction,
  weights: ReadableWeights,
  { values, statistics }: Trace,
  moments: TensorMap,
  which: Statistics,
): Tensor4D | Tensor2D {
  const { parameters } = weights;
  switch (instruction.op) {
    case 'conv': {
      const { output, stride } = instruction;
      const [x, weight] = [values.get(instruction.input, 4), parameters.get(instruction.weight, 4)];
      if (which === 'running') return conv(x, weight, stride);
      const { y, moments: own } = convWithMoments(x, weight, stride);
      if (own !== null) moments.set(output, own);
      return y;
    }
    case 'norm': {
      const x = values.get(instruction.input, 4);
      const options = normOptions(instruction, weights, values);
      if (which === 'running') return normEvaluate(x, weights.running.get(instruction.norm, 2), options);
      const place = weights.statisticsPlaces?.find(instruction.norm);
      const normed = normForward(x, options, { moments: moments.find(instruction.input), place });
      moments.delete(instruction.input);
      statistics.set(instruction.norm, normed.statistics);
      return normed.y;
    }
    case 'pad':
      return padShortcut(values.get(instruction.input, 4), instruction.stride, instruction.channels);
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

/** What a norm instruction needs beside its input. A shortcut without a gain is left out: it adds nothing. */
function normOptions(instruction: NormInstruction, weights: ReadableWeights, values: TensorMap): NormOptions {
  const { scale, shift, sum, relu } = instruction;
  const gain = sum === null ? null : weights.gain(sum.block);
  return {
    scale: weights.parameters.get(scale, 1),
    shift: weights.parameters.get(shift, 1),
    sum: sum === null || gain === null ? null : { shortcut: values.get(sum.shortcut, 4), gain },
    relu,
  };
}
