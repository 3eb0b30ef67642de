import { add, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Trace } from './forward.ts';
import { convFilterGradient, convInputGradient } from './operations/conv.ts';
import { denseGradient, poolGradient } from './operations/head.ts';
import { normBackward } from './operations/norm.ts';
import { padShortcutGradient } from './operations/pad.ts';
import type { Instruction, Program } from './program.ts';
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
    // Only a norm reads again what it gave out, for its ReLU's mask.
    if (instruction.op !== 'norm') trace.values.delete(instruction.output);
    const gradient = byValue.find(instruction.output);
    if (gradient !== undefined) {
      watch?.onBackward(instruction, gradient);
      propagate(instruction, weights, trace, byValue, byParameter, instruction.input === program.input);
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
  atImages: boolean,
): void {
  const { parameters, gradientPlaces: places } = weights;
  const { input, output } = instruction;
  switch (instruction.op) {
    case 'conv': {
      const { weight, stride } = instruction;
      const [x, w, dy] = [values.get(input, 4), parameters.get(weight, 4), byValue.get(output, 4)];
      byParameter.set(weight, convFilterGradient(x, dy, stride, w.shape, places?.find(weight)));
      if (!atImages) byValue.set(input, convInputGradient(dy, w, stride, x.shape, sofar(byValue, input)));
      break;
    }
    case 'norm': {
      const x = values.get(input, 4);
      const { sum, relu } = instruction;
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
      const { shape } = values.get(input, 4);
      const dy = byValue.get(output, 4);
      byValue.set(input, padShortcutGradient(dy, instruction.stride, shape, sofar(byValue, input)));
      break;
    }
    case 'pool':
      accumulate(byValue, input, poolGradient(byValue.get(output, 2), values.get(input, 4).shape));
      break;
    case 'dense': {
      const { weight, bias } = instruction;
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
