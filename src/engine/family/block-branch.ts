import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Graph } from '../../spec/node.ts';
import { evaluate } from '../forward.ts';
import { blockValues } from '../insight/block-values.ts';
import type { TensorMap } from '../tensor-map.ts';
import type { FrozenNet } from './frozen-net.ts';

/** A block's values by their names: x, what its branch ends in before the sum, and y. */
export interface BlockNames {
  readonly input: string;
  readonly beforeSum: string;
  readonly output: string;
}

/** Of a block counted from 1. Throws where the net has none of that number. */
export function blockNames({ graph, program }: FrozenNet, block: number): BlockNames {
  const { sum, output } = blockValues(program, block);
  return { input: blockInput(graph, block), beforeSum: sum.input, output };
}

/** F(x) of a block, a new tensor, where the value before its sum is kept. */
export function branchOf({ program, weights }: FrozenNet, kept: TensorMap, block: number): Tensor4D {
  return evaluate({ ...blockValues(program, block).sum, sum: null, relu: false }, weights, kept);
}

/** What the branch reads: behind a pool, where one lies before the first block. */
function blockInput({ nodes }: Graph, block: number): string {
  const first = nodes.find((node) => node.op === 'conv' && node.block === block && !node.name.includes('.shortcut.'));
  if (first?.op !== 'conv') throw new Error(`block: ${block} has no convolution`);
  return first.input;
}
