import { isOnMainPath } from '../../core/net/cost.ts';
import type { Graph, Node } from '../../core/net/node.ts';
import { nodeParameters } from '../../core/net/operation-facts.ts';
import { type Program, parametersOfInstruction, sumOf } from '../graph/compile.ts';
import type { Instruction } from '../ops/operations.ts';

/** A convolution on the main path, and what gives its response: the norm that reads it, or the convolution where none does. */
export interface ConvLayer {
  readonly layer: string;
  readonly block: number;
  readonly kernel: number;
  readonly response: Node;
}

/** The convolutions of stem and branches, in the order of the net; projections of shortcuts and RepVGG's branches are not among them. */
export function convLayers({ nodes }: Graph): readonly ConvLayer[] {
  return nodes.flatMap((node) => {
    if (node.op !== 'conv' || !isOnMainPath(node.name)) return [];
    const norm = nodes.find(
      (each) => (each.op === 'norm' || each.op === 'groupnorm') && each.input === node.name && isOnMainPath(each.name),
    );
    return [{ layer: node.name, block: node.block, kernel: node.kernel, response: norm ?? node }];
  });
}

/** The instruction that computes a node with parameters, with what is folded into it left out. Throws if there is none. */
export function instructionAlone({ instructions }: Program, node: Node): Instruction {
  const [first] = nodeParameters(node);
  const found = instructions.find((each) => first && parametersOfInstruction(each).includes(first.name));
  if (found === undefined) throw new Error(`${node.name}: no instruction computes it`);
  return alone(found);
}

/** The layers that the depth counts: convolutions on the main path, with or without a norm, and dense layers. No gates. */
export function weightedLayers(
  graph: Graph,
): readonly { readonly layer: string; readonly block: number; readonly weight: string }[] {
  const layers = graph.nodes.filter(({ op, name }) => {
    return op === 'dense' || (op === 'conv' && isOnMainPath(name));
  });
  return layers.map(({ name, block }) => ({ layer: name, block, weight: `${name}.weight` }));
}

/** An instruction at the end of a branch that adds the shortcut: a norm, a convolution, a sum of its own, a gate. */
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

function alone(instruction: Instruction): Instruction {
  if ('sum' in instruction) return branchAlone(instruction);
  return 'relu' in instruction ? { ...instruction, relu: false } : instruction;
}

/** The names of a block's values in the program; `block` counts from 1. Throws if the net has no such block. */
export function blockValues({ instructions }: Program, block: number): BlockValues {
  const sums = instructions.filter((each): each is SumInstruction => sumOf(each) !== null);
  const at = sums.findIndex(({ sum }) => sum?.block === block);
  const sum = sums[at];
  if (sum === undefined) throw new Error(`block: ${block} is not one of 1 to ${sums.length}`);
  // The shortcut carries the input, which a pad, a projection or dropout may have changed.
  let input = sum.sum?.shortcut ?? '';
  for (let part = byOutput(instructions, input); part?.output.includes('.shortcut.'); ) {
    input = 'input' in part ? part.input : '';
    part = byOutput(instructions, input);
  }
  return { input, output: sum.output, sum };
}

/**
 * What makes a block's branch 0, by parameter: 0 for the last ones in it. A gate is closed instead, so that it passes
 * the shortcut alone (Srivastava et al. 2015, section 5).
 */
export function silencedBranch({ instructions }: Program, { sum }: BlockValues): ReadonlyMap<string, number> {
  if (sum.op === 'gate') {
    const transform = byOutput(instructions, sum.inputs[1]);
    const names = transform === undefined ? [] : parametersOfInstruction(transform);
    return new Map(names.map((name) => [name, name.endsWith('.bias') ? CLOSED : 0]));
  }
  const within = sum.output.slice(0, sum.output.lastIndexOf('.') + 1);
  const ends = (end: Instruction): readonly string[] => {
    const names = parametersOfInstruction(end);
    if (names.length > 0) return names;
    const inputs = 'inputs' in end ? end.inputs : [end.input];
    return inputs.flatMap((input) => {
      const part = input.startsWith(within) ? byOutput(instructions, input) : undefined;
      return part === undefined ? [] : ends(part);
    });
  };
  return new Map(ends(sum).map((name) => [name, 0]));
}

/** The sigmoid of it is 0 in single precision, beside any 1. */
const CLOSED = -100;

function byOutput(instructions: readonly Instruction[], name: string): Instruction | undefined {
  return instructions.find(({ output }) => output === name);
}
