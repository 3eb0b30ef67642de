import type { Tensor4D } from '@tensorflow/tfjs-core';
import { evaluate } from '../graph/forward.ts';
import { blockValues } from '../insight/block-values.ts';
import type { TensorMap } from '../weights/tensor-map.ts';
import type { FrozenNet } from './frozen-net.ts';

/** Names of a block's values: input x, the branch's last value before the sum, and output y. */
export interface BlockNames {
  readonly input: string;
  readonly beforeSum: string;
  readonly output: string;
}

/** The names of a block's values in the folded net; `block` counts from 1. Throws if the net has no such block. */
export function blockNames({ program }: FrozenNet, block: number): BlockNames {
  const { input, sum, output } = blockValues(program, block);
  return { input, beforeSum: sum.input, output };
}

/** F(x) of a block, a new tensor, where the value before its sum is kept. */
export function branchOf({ program, weights }: FrozenNet, kept: TensorMap, block: number): Tensor4D {
  return evaluate({ ...blockValues(program, block).sum, sum: null, relu: false }, weights, kept);
}
