import { concat, mul, relu, reshape, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { type Dropping, dropoutMask } from './dropout.ts';
import { conv, convWithMoments } from './operations/conv.ts';
import { finishedConv } from './operations/finished-conv.ts';
import { groupedConv } from './operations/grouped-conv.ts';
import { dense, pool } from './operations/head.ts';
import { responseNorm } from './operations/lrn.ts';
import { maxPool } from './operations/max-pool.ts';
import { type NormOptions, normEvaluate, normForward } from './operations/norm.ts';
import { padShortcut } from './operations/pad.ts';
import type { ConvInstruction, Instruction, NormInstruction, Program, Sum } from './program.ts';
import type { ReadableWeights } from './readable-weights.ts';
import type { StepWatch } from './step-watch.ts';
import { ofRank, TensorMap } from './tensor-map.ts';

/** What a forward pass leaves behind: each value by its name, and each norm's statistics of the batch. */
export interface Trace {
  readonly values: TensorMap;
  readonly statistics: TensorMap;
}

/** Which statistics the normalisations use: the batch's own, or the running ones. */
export type Statistics = 'batch' | 'running';

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
  statistics: Statistics,
  keepValues: boolean,
  { dropping = null, watch }: ForwardOptions<Pick<StepWatch, 'onForward'>> = {},
): Trace {
  const trace: Trace = { values: new TensorMap(), statistics: new TensorMap() };
  const moments = new TensorMap();
  trace.values.set(program.input, images.clone());
  program.instructions.forEach((instruction, index) => {
    const value = execute(instruction, weights, trace, moments, statistics, dropping);
    watch?.onForward(instruction, value);
    trace.values.set(instruction.output, value);
    const dead = keepValues ? program.lastUses : program.lastReads;
    for (const name of dead[index] ?? []) trace.values.delete(name);
  });
  moments.dispose();
  return trace;
}

/** What an instruction makes of values that are there, with the running statistics: a new tensor. */
export function evaluate(
  instruction: ConvInstruction | NormInstruction,
  weights: ReadableWeights,
  values: TensorMap,
): Tensor4D {
  const none = new TensorMap();
  return ofRank(execute(instruction, weights, { values, statistics: none }, none, 'running', null), 4);
}

function execute(
  instruction: Instruction,
  weights: ReadableWeights,
  { values, statistics }: Trace,
  moments: TensorMap,
  which: Statistics,
  dropping: Dropping | null,
): Tensor4D | Tensor2D {
  const { parameters } = weights;
  switch (instruction.op) {
    case 'conv': {
      const { output, stride, padding, bias, relu, packedShape } = instruction;
      const [x, weight] = [values.get(instruction.input, 4), parameters.get(instruction.weight, 4)];
      if (bias !== null) {
        const end = { bias: parameters.get(bias, 1), sum: addendOf(instruction.sum, weights, values), relu };
        return finishedConv(x, weight, instruction, end, packedShape === null ? null : [...packedShape]);
      }
      if (instruction.groups > 1) return groupedConv(x, weight, instruction);
      if (which === 'running') return conv(x, weight, stride, padding);
      const { y, moments: own } = convWithMoments(x, weight, stride, padding);
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
    case 'maxpool':
      return maxPool(values.get(instruction.input, 4), instruction.window);
    case 'concat': {
      const parts = instruction.inputs.map((name) => values.get(name, 4));
      const joined: Tensor4D = concat(parts, 3);
      return joined;
    }
    case 'lrn':
      return responseNorm(values.get(instruction.input, 4));
    case 'dropout': {
      const x = values.get(instruction.input, 2);
      if (dropping === null) return x.clone();
      const mask = dropoutMask(instruction.output, x.shape, instruction.rate, dropping);
      values.set(maskOf(instruction.output), mask);
      return mul(x, mask);
    }
    case 'flatten': {
      const x = values.get(instruction.input, 4);
      const [batch, height, width, channels] = x.shape;
      const rows: Tensor2D = reshape(x, [batch, height * width * channels]);
      return rows;
    }
    case 'dense': {
      const { input, weight, bias, relu } = instruction;
      const y = dense(values.get(input, 2), parameters.get(weight, 2), parameters.get(bias, 1));
      return relu ? rectified(y) : y;
    }
    default:
      return instruction satisfies never;
  }
}

/** Where the trace has what a dropout multiplied by. */
export function maskOf(output: string): string {
  return `${output}.mask`;
}

function rectified(x: Tensor2D): Tensor2D {
  const y = relu(x);
  x.dispose();
  return y;
}

/** What a norm instruction needs beside its input. */
function normOptions(instruction: NormInstruction, weights: ReadableWeights, values: TensorMap): NormOptions {
  const { scale, shift, sum, relu } = instruction;
  return {
    scale: weights.parameters.get(scale, 1),
    shift: weights.parameters.get(shift, 1),
    sum: addendOf(sum, weights, values),
    relu,
  };
}

/** A shortcut and its gain. One without a gain is left out: it adds nothing. */
function addendOf(sum: Sum | null, weights: ReadableWeights, values: TensorMap): NormOptions['sum'] {
  const gain = sum === null ? null : weights.gain(sum.block);
  return sum === null || gain === null ? null : { shortcut: values.get(sum.shortcut, 4), gain };
}
