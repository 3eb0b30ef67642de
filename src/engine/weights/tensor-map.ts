import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

interface ByRank {
  1: Tensor1D;
  2: Tensor2D;
  4: Tensor4D;
}

function hasRank<R extends keyof ByRank>(tensor: Tensor, rank: R): tensor is ByRank[R] {
  return tensor.rank === rank;
}

/** Narrows a tensor to this rank. Throws if it has another. */
export function ofRank<R extends keyof ByRank>(tensor: Tensor, rank: R, name = 'it'): ByRank[R] {
  if (!hasRank(tensor, rank)) throw new Error(`tensor: ${name} has rank ${tensor.rank}, not ${rank}`);
  return tensor;
}

/** A map of tensors by name that owns them: a tensor that is replaced, deleted or left at the end is disposed of. */
export class TensorMap {
  readonly #tensors = new Map<string, Tensor>();

  /** The tensor of this name. Throws if there is none or it has another rank. */
  get<R extends keyof ByRank>(name: string, rank: R): ByRank[R] {
    const tensor = this.#tensors.get(name);
    if (tensor === undefined) throw new Error(`tensor: no ${name}`);
    return ofRank(tensor, rank, name);
  }

  find(name: string): Tensor | undefined {
    return this.#tensors.get(name);
  }

  set(name: string, tensor: Tensor): void {
    const old = this.#tensors.get(name);
    if (old !== tensor) old?.dispose();
    this.#tensors.set(name, tensor);
  }

  delete(name: string): void {
    this.#tensors.get(name)?.dispose();
    this.#tensors.delete(name);
  }

  entries(): IterableIterator<[string, Tensor]> {
    return this.#tensors.entries();
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

/** Lookup of tensors by name and rank. */
export type TensorSource = Pick<TensorMap, 'get' | 'find'>;

/**
 * What the forward and backward pass read of a net: `Weights`, a frozen copy, or a wrapper that replaces some values.
 */
export interface ReadableWeights {
  /** The trained tensors, by parameter name. */
  readonly parameters: TensorSource;
  /** Running mean and variance [2, channels], used in evaluation, by the norm's name. */
  readonly running: TensorSource;
  /** The gain of a block, counted from 1; null where it is 0 and the shortcut need not be computed. */
  gain(block: number): Scalar | null;
  /** In training: the buffers into which gradients and batch statistics are written. */
  readonly gradientBuffers?: Pick<TensorMap, 'find'>;
  readonly statisticsBuffers?: Pick<TensorMap, 'find'>;
}
