import { add, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Trace } from './forward.ts';
import { convFilterGradient, convInputGradient } from './operations/conv.ts';
import { denseGradient, poolGradient } from './operations/head.ts';
import { normBackward } from './operations/norm.ts';
import { padGradient } from './operations/pad.ts';
import type { Instruction, Program } from './program.ts';
import { TensorMap } from './tensor-map.ts';
import type { Weights } from './weights.ts';

/**
 * The gradients of the loss by all parameters, given its gradient by the logits, which it takes over. It uses up the
 * trace's values on the way: each is disposed of as soon as nothing reads it any more. A parameter that the loss does
 * not depend on, a projection behind a cut shortcut, has none.
 */
export function backward(program: Program, weights: Weights, trace: Trace, dLogits: Tensor2D): TensorMap {
  const byParameter = new TensorMap();
  const byValue = new TensorMap();
  byValue.set(program.output, dLogits);
  for (const instruction of program.instructions.toReversed()) {
    // Only a norm reads again what it gave out, for its ReLU's mask.
    if (instruction.op !== 'norm') trace.values.delete(instruction.output);
    if (byValue.find(instruction.output) !== undefined) {
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
  weights: Weights,
  { values, statistics }: Trace,
  byValue: TensorMap,
  byParameter: TensorMap,
  atImages: boolean,
): void {
  const { parameters } = weights;
  const { input, output } = instruction;
  switch (instruction.op) {
    case 'conv': {
      const { weight, stride } = instruction;
      const [x, w, dy] = [values.get(input, 4), parameters.get(weight, 4), byValue.get(output, 4)];
      byParameter.set(weight, convFilterGradient(x, dy, stride, w.shape));
      if (!atImages) accumulate(byValue, input, convInputGradient(dy, w, stride, x.shape));
      break;
    }
    case 'norm': {
      const x = values.get(input, 4);
      const { sum, relu } = instruction;
      const y = relu ? values.get(output, 4) : null;
      const gain = sum === null ? null : weights.gain(sum.block);
      const options = { scale: parameters.get(instruction.scale, 1), gain };
      const gradients = normBackward(byValue.get(output, 4), x, y, statistics.get(instruction.norm, 2), options);
      byParameter.set(instruction.scale, gradients.dScale);
      byParameter.set(instruction.shift, gradients.dShift);
      accumulate(byValue, input, gradients.dx);
      if (sum !== null && gradients.dShortcut !== undefined) accumulate(byValue, sum.shortcut, gradients.dShortcut);
      break;
    }
    case 'pad': {
      const filter = weights.padFilter(instruction);
      const dx = padGradient(byValue.get(output, 4), filter, instruction.stride, values.get(input, 4).shape);
      accumulate(byValue, input, dx);
      break;
    }
    case 'pool':
      accumulate(byValue, input, poolGradient(byValue.get(output, 2), values.get(input, 4).shape));
      break;
    case 'dense': {
      const { weight, bias } = instruction;
      const gradients = denseGradient(byValue.get(output, 2), values.get(input, 2), parameters.get(weight, 2));
      byParameter.set(weight, gradients.dWeight);
      byParameter.set(bias, gradients.dBias);
      accumulate(byValue, input, gradients.dx);
      break;
    }
    default:
      instruction satisfies never;
  }
}

/** A value that several instructions read gets the sum of their gradients. */
function accumulate(byValue: TensorMap, name: string, gradient: Tensor): void {
  const sofar = byValue.find(name);
  if (sofar === undefined) {
    byValue.set(name, gradient);
    return;
  }
  byValue.set(name, add(sofar, gradient));
  gradient.dispose();
}
