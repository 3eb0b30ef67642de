import { type FoldedNode, foldEnds, type Sum } from '../../spec/fold-ends.ts';
import type { Graph } from '../../spec/node.ts';
import { type Instruction, operationFor, operationOf } from '../ops/operations.ts';

/**
 * What the engine executes: the graph with every chain norm -> add -> relu folded into one instruction, because one pass
 * over memory then does the work of three; where there is no norm, a layer with a bias takes its place.
 */
export interface Program {
  readonly instructions: readonly Instruction[];
  /** The value that the images are. */
  readonly input: string;
  /** The value that the logits are. */
  readonly output: string;
  /** For each instruction the values that none after it reads. */
  readonly lastReads: readonly (readonly string[])[];
  /** Those of them that the backward pass does not read either: shortcuts that are made only to be added. */
  readonly lastUses: readonly (readonly string[])[];
}

/** Lowers a graph to instructions, in the graph's order: a block's shortcut must come before its branch. */
export function compile(graph: Graph): Program {
  const channels = new Map(graph.nodes.map(({ name, shape }) => [name, shape[2]]));
  const instructions = foldEnds(graph).flatMap((folded) => lower(folded, (name) => channels.get(name) ?? 0));
  const output = instructions.at(-1)?.output ?? 'input';
  const reads = lastReads(instructions);
  return { instructions, input: 'input', output, lastReads: reads, lastUses: lastUses(instructions, reads) };
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

/** A ReLU's mask is read from its output, and a filter's gradient from the convolution's input; a sum reads nothing again. */
function lastUses(
  instructions: readonly Instruction[],
  reads: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const inputs = new Set(instructions.flatMap(inputsOf));
  const onlyAdded = instructions.filter((each) => !inputs.has(each.output) && !rereadsOutput(each));
  const dropped = new Set(onlyAdded.map(({ output }) => output));
  return reads.map((names) => names.filter((name) => dropped.has(name)));
}

/** Whether the backward pass reads the value that an instruction gave. */
export function rereadsOutput(instruction: Instruction): boolean {
  return operationOf(instruction).rereadsOutput?.(instruction) ?? false;
}

/** The parameters of an instruction, which training changes. */
export function parametersOf(instruction: Instruction): readonly string[] {
  return operationOf(instruction).parameters?.(instruction) ?? [];
}

/** Whether steps of a net can be recorded: where all of it is computed by kernels of this project, forward and backward. */
export function isRecordable({ instructions }: Program): boolean {
  return instructions.every((instruction) => operationOf(instruction).isRecordable?.(instruction) ?? false);
}

/** The shortcut that an instruction adds. */
export function sumOf(instruction: Instruction): Sum | null {
  return 'sum' in instruction ? instruction.sum : null;
}

/** The values that an instruction computes on; a shortcut that it only adds is none. */
function inputsOf(instruction: Instruction): readonly string[] {
  return 'inputs' in instruction ? instruction.inputs : [instruction.input];
}

/** The values that an instruction reads. */
export function readsOf(instruction: Instruction): readonly string[] {
  const sum = sumOf(instruction);
  return sum === null ? inputsOf(instruction) : [...inputsOf(instruction), sum.shortcut];
}

/**
 * Which shortcut, by its block, each parameter is a part of: those of convolutions and normalisations that nothing but
 * the shortcut reads. They are not updated while its gain is 0.
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
      for (const name of parametersOf(part)) parameters.set(name, sum.block);
      const [input, ...others] = inputsOf(part);
      part = input === undefined || others.length > 0 ? undefined : byOutput.get(input);
    }
  }
  return parameters;
}
