import { add, reshape, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import type { FoldedNode, Sum } from '../../spec/fold-ends.ts';
import type { Node } from '../../spec/node.ts';
import type { ReadableWeights } from '../readable-weights.ts';
import type { TensorMap } from '../tensor-map.ts';
import { reluGradient } from './bias.ts';

/** Decides, with a node's name, which numbers are dropped: the same step drops the same ones again. */
export interface Dropping {
  readonly seed: number;
  readonly step: number;
}

/** Which statistics normalisations use: the batch's own, or the running ones. */
export type Statistics = 'batch' | 'running';

/** What every instruction has. Values are named as the node that gives them. */
export interface Output {
  readonly output: string;
}
export interface Unary extends Output {
  readonly input: string;
}

/** A node as it is lowered: its own kind of node, with what is folded into it. */
export type Lowered<N extends Node> = Omit<FoldedNode, 'node'> & { readonly node: N };

export interface ForwardContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  /** Each norm's statistics of the batch, [2, channels], for the backward pass. */
  readonly statistics: TensorMap;
  /** What a convolution already knows of the statistics of its output, by the output's name. */
  readonly moments: TensorMap;
  readonly which: Statistics;
  /** How numbers are dropped; null where none are. */
  readonly dropping: Dropping | null;
}

export interface BackwardContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  readonly statistics: TensorMap;
  readonly gradients: ValueGradients;
  /** The gradients of the loss by parameters, whole or in parts. */
  readonly byParameter: TensorMap;
  /** The value that the images are: nothing needs the gradient by it. */
  readonly images: string;
}

/** The gradient of the loss by the images, where the statistics of the norms are fixed. Runs inside a `tidy`. */
export interface InputGradientContext {
  readonly weights: ReadableWeights;
  readonly values: TensorMap;
  give(name: string, gradient: Tensor): void;
  /** Passes the gradient of a sum on to its shortcut and, by `giveBranch`, to its branch, as the routes say. */
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
  /** Computes the output, a new tensor, from values that are there. */
  forward(instruction: I, context: ForwardContext): Tensor4D | Tensor2D;
  /** Takes the gradient by the output to the inputs and the parameters. */
  backward(instruction: I, context: BackwardContext): void;
  /** The same to the inputs alone; `dy` has the output's shape. */
  inputGradient(instruction: I, dy: Tensor, context: InputGradientContext): void;
}

/** The gradients of the loss by values. A value that several instructions read gets the sum of their gradients. */
export class ValueGradients {
  readonly #gradients: TensorMap;

  constructor(gradients: TensorMap) {
    this.#gradients = gradients;
  }

  get<R extends 2 | 4>(name: string, rank: R) {
    return this.#gradients.get(name, rank);
  }

  find(name: string): Tensor | undefined {
    return this.#gradients.find(name);
  }

  /** What is known so far of the gradient by a map that several instructions read. */
  soFar(name: string): Tensor4D | undefined {
    return this.find(name) === undefined ? undefined : this.get(name, 4);
  }

  /** Replaces the gradient by a value; takes the tensor over. */
  set(name: string, gradient: Tensor): void {
    this.#gradients.set(name, gradient);
  }

  /** Adds to the gradient by a value; takes the tensor over. */
  accumulate(name: string, gradient: Tensor): void {
    const others = this.find(name);
    if (others === undefined) {
      this.set(name, gradient);
      return;
    }
    this.set(name, add(others, gradient));
    gradient.dispose();
  }

  /** Takes the gradient by a value back through the ReLU that it ends with. */
  unrectify(name: string, values: TensorMap): void {
    const [dy, y] = [this.find(name), values.find(name)];
    if (dy !== undefined && y !== undefined) this.set(name, reluGradient(dy, y));
  }
}

/** A shortcut and its gain as an operand; null where there is none, or its gain is 0 and it adds nothing. */
export function addendOf(sum: Sum | null, weights: ReadableWeights, values: TensorMap) {
  const gain = sum === null ? null : weights.gain(sum.block);
  return sum === null || gain === null ? null : { shortcut: values.get(sum.shortcut, 4), gain };
}

/** A gradient as one by a map [N, H, W, C]. */
export function asMap(gradient: Tensor): Tensor4D {
  const [batch = 0, height = 0, width = 0, channels = 0] = gradient.shape;
  return reshape(gradient, [batch, height, width, channels]);
}
