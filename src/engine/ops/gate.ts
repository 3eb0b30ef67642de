import { add, mul, type Scalar, sigmoid, sub, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Sum } from '../../core/net/fold.ts';
import type { GateNode } from '../../core/net/node.ts';
import { callKernel, hasKernel } from '../kernels/registry.ts';
import type { ReadableWeights, TensorMap } from '../weights/tensor-map.ts';
import { addendOf, asMap, type Operation, type Output } from './operation.ts';

/** Names of the kernels in tfjs' registry. */
export const GATE = 'Gate';
export const GATE_GRADIENT = 'GateGradient';

/** What a gate mixes: the branch f, the shortcut s with its gain, null where that is 0, and the transform t. */
export interface GateInputs {
  readonly f: Tensor4D;
  readonly t: Tensor4D;
  readonly sum: { readonly shortcut: Tensor4D; readonly gain: Scalar } | null;
}

/** sigmoid(t) * f + (1 - sigmoid(t)) * gain * s (Srivastava et al. 2015, equation 3). */
export function gate({ f, t, sum }: GateInputs): Tensor4D {
  if (hasKernel(GATE)) return callKernel(GATE, { f, t, s: sum?.shortcut, gain: sum?.gain });
  return tidy((): Tensor4D => {
    const open: Tensor4D = sigmoid(t);
    const transformed: Tensor4D = mul(open, f);
    return sum === null ? transformed : add(transformed, mul(mul(sub(1, open), sum.gain), sum.shortcut));
  });
}

/** Gradients of `gate` by its inputs; `ds` is absent where there is no shortcut. */
export interface GateGradients {
  readonly df: Tensor4D;
  readonly dt: Tensor4D;
  readonly ds?: Tensor4D | undefined;
}

/** The gradients of `gate`. */
export function gateGradient(dy: Tensor4D, { f, t, sum }: GateInputs): GateGradients {
  if (hasKernel(GATE_GRADIENT)) {
    const inputs = { dy, f, t, s: sum?.shortcut, gain: sum?.gain };
    const [df, dt, ds] = callKernel<Tensor4D[]>(GATE_GRADIENT, inputs);
    if (df === undefined || dt === undefined) throw new Error('gate: no gradient');
    return { df, dt, ds };
  }
  return tidy(() => {
    const open: Tensor4D = sigmoid(t);
    const closed: Tensor4D = sub(1, open);
    const difference: Tensor4D = sum === null ? f : sub(f, mul(sum.shortcut, sum.gain));
    const df: Tensor4D = mul(dy, open);
    const dt: Tensor4D = mul(mul(df, difference), closed);
    return sum === null ? { df, dt } : { df, dt, ds: mul<Tensor4D>(mul(dy, closed), sum.gain) };
  });
}

/** A gate between the branch and the shortcut of a block; `inputs` names branch, transform and shortcut. */
export interface GateInstruction extends Output {
  readonly op: 'gate';
  readonly inputs: readonly [branch: string, transform: string, shortcut: string];
  /** The shortcut's block; null where the shortcut is left out. */
  readonly sum: Sum | null;
}

function gateInputs(
  { inputs: [branch, transform], sum }: GateInstruction,
  weights: ReadableWeights,
  values: TensorMap,
) {
  return { f: values.get(branch, 4), t: values.get(transform, 4), sum: addendOf(sum, weights, values) };
}

/** The record of the operation `gate`. */
export const gateOperation: Operation<GateNode, GateInstruction> = {
  lower: ({ node: { branch, transform, shortcut, block }, output }) => ({
    ...{ op: 'gate', output, inputs: [branch, transform, shortcut], sum: { shortcut, block } },
  }),
  isRecordable: () => hasKernel(GATE) && hasKernel(GATE_GRADIENT),
  forward: (instruction, { weights, values }) => gate(gateInputs(instruction, weights, values)),

  backward(instruction, { weights, values, gradients }) {
    const [branch, transform, shortcut] = instruction.inputs;
    const dy = gradients.get(instruction.output, 4);
    const { df, dt, ds } = gateGradient(dy, gateInputs(instruction, weights, values));
    gradients.accumulate(branch, df);
    gradients.accumulate(transform, dt);
    if (ds !== undefined) gradients.accumulate(shortcut, ds);
  },

  inputGradient(instruction, dy, { weights, values, give, share }) {
    const [branch, transform] = instruction.inputs;
    const inputs = gateInputs(instruction, weights, values);
    const { df, dt } = gateGradient(asMap(dy), inputs);
    share(instruction.sum, mul(asMap(dy), sub(1, sigmoid(inputs.t))), () => {
      give(branch, df);
      give(transform, dt);
    });
  },
};
