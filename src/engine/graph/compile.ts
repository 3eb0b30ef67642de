import { type FoldedNode, foldEnds, type Sum } from '../../core/net/fold.ts';
import type { Graph } from '../../core/net/node.ts';
import { type Instruction, operationFor, operationOf } from '../ops/operations.ts';

/**
 * The executable form of a graph: every chain norm -> add -> relu is folded into one instruction, which needs one pass
 * over memory in place of three. Without a norm, a layer with a bias takes sum and ReLU.
 */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** By the name of each value, that of the layer which computes it, without the sum and the ReLU that are folded into it. */
  readonly layers: ReadonlyMap<string, string>;
  /** Name of the images' value. */
  readonly input: string;
  /** Name of the logits' value. */
  readonly output: string;
  /** For each instruction, the values that no later instruction reads in the forward pass. */
  readonly lastReads: readonly (readonly string[])[];
  /** Those of `lastReads` that the backward pass does not read either: shortcuts that are only added. */
  readonly lastUses: readonly (readonly string[])[];
}

/** Lowers a graph to instructions, in the graph's order: a block's shortcut must come before its branch. */
export function compile(graph: Graph): Program {
  const channels = new Map(graph.nodes.map(({ name, shape }) => [name, shape[2]]));
  const folded = foldEnds(graph);
  const layers = new Map(folded.map(({ output, node }) => [output, node.name]));
  const instructions = folded.flatMap((each) => lower(each, (name) => channels.get(name) ?? 0));
  const output = instructions.at(-1)?.output ?? 'input';
  const reads = lastReads(instructions);
  return { instructions, layers, input: 'input', output, lastReads: reads, lastUses: lastUses(instructions, reads) };
}

function lower(folded: FoldedNode, channelsOf: (name: string) => number): readonly Instruction[] {
  const { node } = folded;
  return node.op === 'input' ? [] : [operationFor(node).lower({ ...folded, node }, channelsOf)];
}

function lastReads(instructions: readonly Instruction[]): readonly (readonly string[])[] {
  const last = new Map<string, number>();
  instructions.forEach((instruction, index) => {
    for (const name of readsOf(instruction)) last.set(name, index);
  });
  return instructions.map((instruction, index) => {
    const reads = new Set(readsOf(instruction));
    return [...reads].filter((name) => last.get(name) === index);
  });
}

/** Backward, a ReLU reads its output (the mask), a filter gradient the convolution's input, and a sum nothing. */
function lastUses(
  instructions: readonly Instruction[],
  reads: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const inputs = new Set(instructions.flatMap(inputsOf));
  const onlyAdded = instructions.filter((each) => !inputs.has(each.output) && !rereadsOutput(each));
  const dropped = new Set(onlyAdded.map(({ output }) => output));
  return reads.map((names) => names.filter((name) => dropped.has(name)));
}

/** Whether the backward pass reads an instruction's output. */
export function rereadsOutput(instruction: Instruction): boolean {
  return operationOf(instruction).rereadsOutput?.(instruction) ?? false;
}

/** The parameters of an instruction, which training changes. */
export function parametersOfInstruction(instruction: Instruction): readonly string[] {
  return operationOf(instruction).parameters?.(instruction) ?? [];
}

/** Whether steps of a net can be recorded: all its operations, forward and backward, run on kernels of this project. */
export function isRecordable({ instructions }: Program): boolean {
  return instructions.every((instruction) => operationOf(instruction).isRecordable?.(instruction) ?? false);
}

/** The shortcut that an instruction adds, and its block; null if it adds none. */
export function sumOf(instruction: Instruction): Sum | null {
  return 'sum' in instruction ? instruction.sum : null;
}

/** The names of an instruction's inputs, without the shortcut that it adds. */
function inputsOf(instruction: Instruction): readonly string[] {
  return 'inputs' in instruction ? instruction.inputs : [instruction.input];
}

/** The names of all values that an instruction reads, including the shortcut that it adds. */
export function readsOf(instruction: Instruction): readonly string[] {
  const sum = sumOf(instruction);
  return sum === null ? inputsOf(instruction) : [...inputsOf(instruction), sum.shortcut];
}

/**
 * The block, by parameter name, of each parameter that belongs to a shortcut: of convolutions and norms that only the
 * shortcut reads. They are not updated while its gain is 0.
 */
export function shortcutParameters({ instructions }: Program): ReadonlyMap<string, number> {
  const byOutput = new Map(instructions.map((instruction) => [instruction.output, instruction]));
  const readers = (name: string) => instructions.filter((instruction) => readsOf(instruction).includes(name)).length;
  const parameters = new Map<string, number>();
  for (const instruction of instructions) {
    const sum = sumOf(instruction);
    if (sum === null) continue;
    let part = byOutput.get(sum.shortcut);
    while (part !== undefined && readers(part.output) === 1) {
      for (const name of parametersOfInstruction(part)) parameters.set(name, sum.block);
      const [input, ...others] = inputsOf(part);
      part = input === undefined || others.length > 0 ? undefined : byOutput.get(input);
    }
  }
  return parameters;
}
