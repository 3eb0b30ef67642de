import { add, mul, reshape, split, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { maskOf, type Trace } from './forward.ts';
import { biasGradient, reluGradient } from './operations/bias.ts';
import { convInputGradient } from './operations/conv.ts';
import { groupedFilterGradient, groupedInputGradient } from './operations/grouped-conv.ts';
import { denseGradient, poolGradient } from './operations/head.ts';
import { responseNormGradient } from './operations/lrn.ts';
import { maxPoolGradient } from './operations/max-pool.ts';
import { normBackward } from './operations/norm.ts';
import { padShortcutGradient } from './operations/pad.ts';
import { type Instruction, type Program, readsOutput } from './program.ts';
import type { ReadableWeights } from './readable-weights.ts';
import type { StepWatch } from './step-watch.ts';
import { TensorMap } from './tensor-map.ts';

/**
 * The gradients of the loss by all parameters, whole or in parts, given its gradient by the logits, which it takes over.
 * It uses up the trace's values on the way: each is disposed of as soon as nothing reads it any more. A parameter that
 * the loss does not depend on, a projection behind a cut shortcut, has none.
 */
export function backward(
  program: Program,
  weights: ReadableWeights,
  trace: Trace,
  dLogits: Tensor2D,
  watch?: StepWatch,
): TensorMap {
  const byParameter = new TensorMap();
  const byValue = new TensorMap();
  byValue.set(program.output, dLogits);
  for (const instruction of program.instructions.toReversed()) {
    if (!readsOutput(instruction)) trace.values.delete(instruction.output);
    const gradient = byValue.find(instruction.output);
    if (gradient !== undefined) {
      watch?.onBackward(instruction, gradient);
      propagate(instruction, weights, trace, byValue, byParameter, program.input);
    }
    byValue.delete(instruction.output);
    trace.values.delete(instruction.output);
  }
  trace.values.dispose();
  byValue.dispose();
  return byParameter;
}

/** Takes the gradient of an instruction's output to its inputs and its parameters. */
function propagate(
  instruction: Instruction,
  weights: ReadableWeights,
  { values, statistics }: Trace,
  byValue: TensorMap,
  byParameter: TensorMap,
  images: string,
): void {
  const { parameters, gradientPlaces: places } = weights;
  const { output } = instruction;
  switch (instruction.op) {
    case 'conv': {
      const { input, weight, bias, sum, stride, padding, groups } = instruction;
      const [x, w] = [values.get(input, 4), parameters.get(weight, 4)];
      if (instruction.relu) unrectify(instruction, values, byValue);
      const dy = byValue.get(output, 4);
      if (bias !== null) byParameter.set(bias, biasGradient(dy));
      const gain = sum === null ? null : weights.gain(sum.block);
      if (sum !== null && gain !== null) accumulate(byValue, sum.shortcut, mul(dy, gain));
      byParameter.set(weight, groupedFilterGradient(x, dy, w, instruction, places?.find(weight)));
      if (input === images) break;
      if (groups > 1) accumulate(byValue, input, groupedInputGradient(dy, w, instruction, x.shape));
      else byValue.set(input, convInputGradient(dy, w, stride, x.shape, sofar(byValue, input), padding));
      break;
    }
    case 'norm': {
      const { input, sum, relu } = instruction;
      const x = values.get(input, 4);
      const y = relu ? values.get(output, 4) : null;
      const gain = sum === null ? null : weights.gain(sum.block);
      const options = { scale: parameters.get(instruction.scale, 1), gain };
      const batch = statistics.get(instruction.norm, 2);
      const own = { scale: places?.find(instruction.scale), shift: places?.find(instruction.shift) };
      const gradients = normBackward(byValue.get(output, 4), x, y, batch, options, own);
      byParameter.set(instruction.scale, gradients.dScale);
      byParameter.set(instruction.shift, gradients.dShift);
      accumulate(byValue, input, gradients.dx);
      if (sum !== null && gradients.dShortcut !== undefined) accumulate(byValue, sum.shortcut, gradients.dShortcut);
      break;
    }
    case 'pad': {
      const { input } = instruction;
      const { shape } = values.get(input, 4);
      const dy = byValue.get(output, 4);
      byValue.set(input, padShortcutGradient(dy, instruction.stride, shape, sofar(byValue, input)));
      break;
    }
    case 'pool': {
      const { input } = instruction;
      accumulate(byValue, input, poolGradient(byValue.get(output, 2), values.get(input, 4).shape));
      break;
    }
    case 'maxpool': {
      const { input, window } = instruction;
      const [dy, x, y] = [byValue.get(output, 4), values.get(input, 4), values.get(output, 4)];
      accumulate(byValue, input, maxPoolGradient(dy, x, y, window));
      break;
    }
    case 'concat': {
      const parts = split(byValue.get(output, 4), [...instruction.channels], 3);
      parts.forEach((part, nth) => {
        accumulate(byValue, instruction.inputs[nth] ?? output, part);
      });
      break;
    }
    case 'lrn': {
      const { input } = instruction;
      accumulate(byValue, input, responseNormGradient(byValue.get(output, 4), values.get(input, 4)));
      break;
    }
    case 'dropout': {
      const dy = byValue.get(output, 2);
      const mask = values.find(maskOf(output));
      accumulate(byValue, instruction.input, mask === undefined ? dy.clone() : mul(dy, mask));
      break;
    }
    case 'flatten': {
      const { shape } = values.get(instruction.input, 4);
      accumulate(byValue, instruction.input, reshape(byValue.get(output, 2), shape));
      break;
    }
    case 'dense': {
      const { input, weight, bias } = instruction;
      if (instruction.relu) unrectify(instruction, values, byValue);
      const [dy, x, w] = [byValue.get(output, 2), values.get(input, 2), parameters.get(weight, 2)];
      const gradients = denseGradient(dy, x, w, { weight: places?.find(weight), bias: places?.find(bias) });
      byParameter.set(weight, gradients.dWeight);
      byParameter.set(bias, gradients.dBias);
      accumulate(byValue, input, gradients.dx);
      break;
    }
    default:
      instruction satisfies never;
  }
}

/** Takes a gradient back through the ReLU that a layer ends with. */
function unrectify({ output }: Instruction, values: TensorMap, byValue: TensorMap): void {
  const [dy, y] = [byValue.find(output), values.find(output)];
  if (dy !== undefined && y !== undefined) byValue.set(output, reluGradient(dy, y));
}

/** What is already known of the gradient by a value that several instructions read. */
function sofar(byValue: TensorMap, name: string): Tensor4D | undefined {
  return byValue.find(name) === undefined ? undefined : byValue.get(name, 4);
}

/** A value that several instructions read gets the sum of their gradients. */
function accumulate(byValue: TensorMap, name: string, gradient: Tensor): void {
  const others = byValue.find(name);
  if (others === undefined) {
    byValue.set(name, gradient);
    return;
  }
  byValue.set(name, add(others, gradient));
  gradient.dispose();
}
