import { type Program, sumOf } from '../graph/compile.ts';
import type { Instruction } from '../ops/operations.ts';

/** An instruction at the end of a branch that adds the shortcut: a norm, a convolution with a folded norm, or a sum. */
type SumInstruction = Extract<Instruction, { sum: unknown }>;

/** Names of a block's input and output, and the instruction at the end of its branch. */
export interface BlockValues {
  readonly input: string;
  readonly output: string;
  readonly sum: SumInstruction;
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
