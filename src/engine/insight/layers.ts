import { isOnMainPath } from '../../core/net/cost.ts';
import type { Graph, NormNode } from '../../core/net/node.ts';
import { type Program, sumOf } from '../graph/compile.ts';
import type { Instruction } from '../ops/operations.ts';

/** A convolution on the main path, and the norm after it. */
export interface ConvLayer {
  readonly layer: string;
  readonly block: number;
  readonly kernel: number;
  readonly weight: string;
  readonly norm: NormNode;
}

/** The convolutions of stem and branches, in the order of the net; projections of shortcuts and RepVGG's branches are not among them. */
export function convLayers({ nodes }: Graph): readonly ConvLayer[] {
  return nodes.flatMap((node) => {
    if (node.op !== 'norm' || !isOnMainPath(node.name)) return [];
    const conv = nodes.find(({ name }) => name === node.input);
    if (conv?.op !== 'conv') return [];
    const { name, block, kernel } = conv;
    return [{ layer: name, block, kernel, weight: `${name}.weight`, norm: node }];
  });
}

/** The layers that the depth counts: convolutions on the main path, with or without a norm, and dense layers. */
export function weightedLayers(
  graph: Graph,
): readonly { readonly layer: string; readonly block: number; readonly weight: string }[] {
  const layers = graph.nodes.filter(({ op, name }) => {
    return op === 'dense' || (op === 'conv' && isOnMainPath(name));
  });
  return layers.map(({ name, block }) => ({ layer: name, block, weight: `${name}.weight` }));
}

/** An instruction at the end of a branch that adds the shortcut: a norm, a convolution with a folded norm, or a sum. */
type SumInstruction = Extract<Instruction, { sum: unknown }>;

/** Names of a block's input and output, and the instruction at the end of its branch. */
export interface BlockValues {
  readonly input: string;
  readonly output: string;
  readonly sum: SumInstruction;
}

/** The instruction at the end of a branch without the sum and the ReLU: what the block computes of F alone. */
export function branchAlone(sum: BlockValues['sum']): Instruction {
  return 'relu' in sum ? { ...sum, sum: null, relu: false } : { ...sum, sum: null };
}

/** The names of a block's values in the program; `block` counts from 1. Throws if the net has no such block. */
export function blockValues({ instructions }: Program, block: number): BlockValues {
  const sums = instructions.filter((each): each is SumInstruction => sumOf(each) !== null);
  const at = sums.findIndex(({ sum }) => sum?.block === block);
  const sum = sums[at];
  if (sum === undefined) throw new Error(`block: ${block} is not one of 1 to ${sums.length}`);
  const stem = instructions.find((each) => (each.op === 'norm' || each.op === 'conv') && each.relu);
  const pool = instructions.find((each) => each.op === 'maxpool' && each.input === stem?.output);
  const input = (at > 0 ? sums[at - 1] : (pool ?? stem))?.output;
  if (input === undefined) throw new Error('net: it has no stem');
  return { input, output: sum.output, sum };
}
