import { reshape, type Scalar, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { FoldedNode, Sum } from '../../core/net/fold.ts';
import type { Node } from '../../core/net/node.ts';
import { ofRank, type ReadableWeights, TensorMap, type TensorSource } from '../weights/tensor-map.ts';
import { type Addend, type Rectified, reluGradient, scaledSum, withAddend } from './tensors/scaled-sum.ts';

/** Numbers that are drawn for an operation before each training step, and lie in a tensor of this shape during it. */
export interface Draw {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Which mean and variance batch norms use: the batch's own, or the running ones. */
export type Statistics = 'batch' | 'running';

/** Base of every instruction. A value has the name of the node that computes it. */
export interface Output {
  readonly output: string;
}
/** Base of the instructions that read one value. */
export interface Unary extends Output {
  readonly input: string;
}

/** A node and what is folded into it (sum, ReLU), as an operation's `lower` gets it. */
export type Lowered<N extends Node> = Omit<FoldedNode, 'node'> & { readonly node: N };

/** What an operation reads and writes in the forward pass. */
export interface ForwardContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  /** Each norm's statistics of the batch, [2, channels], for the backward pass. */
  readonly statistics: TensorMap;
  /** Partial moments of a convolution's output, computed in its own kernel, by the output's name. */
  readonly moments: TensorMap;
  readonly which: Statistics;
  /** What was drawn for this step, by output; null where nothing is dropped, as in evaluation. */
  readonly draws: TensorSource | null;
}

/** What an operation reads and writes in the backward pass. */
export interface BackwardContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  readonly statistics: TensorMap;
  readonly draws: TensorSource | null;
  readonly gradients: ValueGradients;
  /** Gradients of the loss with respect to the parameters, whole or partial [parts, ...shape]. */
  readonly byParameter: TensorMap;
  /** Name of the input images' value, whose gradient is not computed. */
  readonly images: string;
}

/** For the gradient with respect to the images, with fixed norm statistics. Runs inside a `tidy`. */
export interface InputGradientContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  give(name: string, gradient: Tensor): void;
  /** Passes the gradient of a sum on to its shortcut and, by `giveBranch`, to its branch, as the path prescribes. */
  share(sum: Sum | null, dz: Tensor, giveBranch: () => void): void;
}

/**
 * All that the engine knows of one operation. To add one, write its node in core, its record here, and a line in
 * `operations.ts`: everything else loops over records.
 */
export interface Operation<N extends Node, I extends Output> {
  lower(lowered: Lowered<N>, channelsOf: (name: string) => number): I;
  /** The parameters that training changes. */
  readonly parameters?: (instruction: I) => readonly string[];
  /** Whether `backward` reads the output's value. */
  readonly rereadsOutput?: (instruction: I) => boolean;
  /** Whether all of it, forward and backward, is done by kernels of this project, so that a step can be recorded. */
  readonly isRecordable?: (instruction: I) => boolean;
  /** Draws what a training step needs; `stream` names random numbers of this node, seed and step. */
  readonly draw?: (instruction: I, stream: string) => Draw;
  /** Computes the output, a new tensor, from values that are already computed. */
  forward(instruction: I, context: ForwardContext): Tensor4D | Tensor2D;
  /** Propagates the output's gradient to the inputs and the parameters. */
  backward(instruction: I, context: BackwardContext): void;
  /** Propagates the output's gradient to the inputs only; `dy` has the output's shape. */
  inputGradient(instruction: I, dy: Tensor, context: InputGradientContext): void;
}

/** Gradients of the loss with respect to values. One that several instructions read gets the sum of their gradients. */
export class ValueGradients {
  readonly #gradients = new TensorMap();
  /** The first part of a sum, times a gain: the next part takes it along, which spares a pass over memory. */
  readonly #weighted = new Map<string, { readonly shortcut: Tensor; readonly gain: Scalar }>();

  get<R extends 2 | 4>(name: string, rank: R) {
    this.#settle(name);
    return this.#gradients.get(name, rank);
  }

  find(name: string): Tensor | undefined {
    this.#settle(name);
    return this.#gradients.find(name);
  }

  /** The gradient accumulated so far for a map [N, H, W, C] that several instructions read. */
  soFar(name: string): Tensor4D | undefined {
    return this.find(name) === undefined ? undefined : this.get(name, 4);
  }

  /** The same as what is to be added to a further part of it. */
  addendOf(name: string): Addend<Tensor4D> | undefined {
    const weighted = this.#weighted.get(name);
    if (weighted !== undefined) return { shortcut: ofRank(weighted.shortcut, 4), gain: weighted.gain };
    const shortcut = this.soFar(name);
    return shortcut && { shortcut, gain: null };
  }

  /** Replaces a value's gradient; takes ownership of the tensor. */
  set(name: string, gradient: Tensor): void {
    this.#weighted.get(name)?.shortcut.dispose();
    this.#weighted.delete(name);
    this.#gradients.set(name, gradient);
  }

  /** Adds to a value's gradient; takes ownership of the tensor. */
  accumulate(name: string, gradient: Tensor): void {
    const others = this.#weighted.get(name) ?? { shortcut: this.#gradients.find(name), gain: null };
    const { shortcut } = others;
    this.set(name, shortcut === undefined ? gradient : withAddend(gradient, { ...others, shortcut }));
  }

  /** Adds gain * gradient to a value's gradient; takes ownership of the tensor. */
  accumulateWeighted(name: string, gradient: Tensor, gain: Scalar): void {
    const others = this.find(name);
    if (others === undefined) this.#weighted.set(name, { shortcut: gradient, gain });
    else {
      this.set(name, scaledSum(others, { sum: { shortcut: gradient, gain }, relu: false }));
      gradient.dispose();
    }
  }

  /** Propagates a value's gradient through the ReLU and the sum in which its layer ended: to its layer and the shortcut. */
  throughEnd(
    { output, sum, relu, slope }: End,
    { weights, values }: Pick<BackwardContext, 'weights' | 'values'>,
  ): void {
    const [dy, y] = [this.find(output), values.find(output)];
    if (dy === undefined || (sum === null && !relu)) return;
    const dz = relu && y !== undefined ? reluGradient(dy, y, slope) : dy.clone();
    this.set(output, dz);
    const gain = sum === null ? null : weights.gain(sum.block);
    if (sum !== null && gain !== null) this.accumulateWeighted(sum.shortcut, dz.clone(), gain);
  }

  /** Forgets a value's gradient. */
  delete(name: string): void {
    this.#weighted.get(name)?.shortcut.dispose();
    this.#weighted.delete(name);
    this.#gradients.delete(name);
  }

  dispose(): void {
    for (const { shortcut } of this.#weighted.values()) shortcut.dispose();
    this.#weighted.clear();
    this.#gradients.dispose();
  }

  /** Computes what is weighted and not yet summed. */
  #settle(name: string): void {
    const weighted = this.#weighted.get(name);
    if (weighted === undefined) return;
    this.set(name, scaledSum(weighted.shortcut, { factor: weighted.gain, relu: false }));
  }
}

/** What a layer computes behind itself in the same pass: relu?(layer + gain * shortcut). */
export interface End extends Output, Rectified {
  readonly sum: Sum | null;
}

/** The shortcut's value [N, H, W, C] and its gain; null where there is no shortcut, or its gain is 0. */
export function addendOf(sum: Sum | null, weights: ReadableWeights, values: TensorMap) {
  const gain = sum === null ? null : weights.gain(sum.block);
  return sum === null || gain === null ? null : { shortcut: values.get(sum.shortcut, 4), gain };
}

/** Reshapes a gradient to [N, H, W, C]. */
export function asMap(gradient: Tensor): Tensor4D {
  const [batch = 0, height = 0, width = 0, channels = 0] = gradient.shape;
  return reshape(gradient, [batch, height, width, channels]);
}
