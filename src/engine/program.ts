import { type Graph, inputsOf, type Node, type Padding } from '../spec/node.ts';
import type { Window } from './operations/max-pool.ts';

/**
 * What the engine executes: the graph with every chain norm -> add -> relu folded into one instruction, because
 * one pass over memory then does the work of three; where there is no norm, a layer with a bias takes its place. Values
 * are named as the last node of their chain.
 */
export type Instruction =
  | ConvInstruction
  | NormInstruction
  | PadInstruction
  | PoolInstruction
  | MaxPoolInstruction
  | ConcatInstruction
  | LrnInstruction
  | DropoutInstruction
  | FlattenInstruction
  | DenseInstruction;

interface Making<Op extends string> {
  readonly op: Op;
  readonly output: string;
}
interface Base<Op extends string> extends Making<Op> {
  readonly input: string;
}
/** The shortcut that is added at the end of a block, times the block's gain. */
export interface Sum {
  readonly shortcut: string;
  readonly block: number;
}
/** relu?(conv(input) + bias + gain * shortcut); without a bias there is neither a sum nor a ReLU. */
export interface ConvInstruction extends Base<'conv'> {
  readonly weight: string;
  readonly bias: string | null;
  readonly sum: Sum | null;
  readonly relu: boolean;
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
  /** [height, width, in, out] of the filter where it lies packed, see operations/finished-conv.ts. */
  readonly packedShape: readonly [number, number, number, number] | null;
}
/** relu?(norm(input) + gain * shortcut), the sum only at the end of a block. */
export interface NormInstruction extends Base<'norm'> {
  /** The norm node: it names the scale, the shift and the statistics. */
  readonly norm: string;
  readonly scale: string;
  readonly shift: string;
  readonly channels: number;
  readonly sum: Sum | null;
  readonly relu: boolean;
}
export interface PadInstruction extends Base<'pad'> {
  readonly stride: number;
  readonly inChannels: number;
  readonly channels: number;
}
export interface PoolInstruction extends Base<'pool'> {}
export interface MaxPoolInstruction extends Base<'maxpool'> {
  readonly window: Window;
}
export interface ConcatInstruction extends Making<'concat'> {
  readonly inputs: readonly string[];
  /** Of each input. */
  readonly channels: readonly number[];
}
export interface LrnInstruction extends Base<'lrn'> {}
export interface DropoutInstruction extends Base<'dropout'> {
  readonly rate: number;
}
export interface FlattenInstruction extends Base<'flatten'> {}
/** relu?(input * weight + bias). */
export interface DenseInstruction extends Base<'dense'> {
  readonly weight: string;
  readonly bias: string;
  readonly relu: boolean;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  /** The value that the images are. */
  readonly input: string;
  /** The value that the logits are. */
  readonly output: string;
  /** For each instruction the values that none after it reads. */
  readonly lastReads: readonly (readonly string[])[];
  /** Those of them that the way back does not read either: shortcuts that are made only to be added. */
  readonly lastUses: readonly (readonly string[])[];
}

/** Lowers a graph to instructions, in the graph's order: a block's shortcut must come before its branch. */
export function compile(graph: Graph): Program {
  const users = usersOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const folded = new Set<string>();
  const instructions: Instruction[] = [];

  /** The node that alone uses `name`, where it is of the wanted kind. */
  const onlyUser = <Op extends Node['op']>(name: string, op: Op): Extract<Node, { op: Op }> | null => {
    const [user, ...others] = users.get(name) ?? [];
    return user !== undefined && others.length === 0 && isOp(user, op) ? user : null;
  };

  const fold = <N extends Node>(node: N | null): N | null => {
    if (node !== null) folded.add(node.name);
    return node;
  };

  /** What of the sum and the ReLU behind a layer it takes along. */
  const foldEnd = (name: string) => {
    const user = onlyUser(name, 'add');
    const add = fold(user?.branch === name ? user : null);
    const relu = fold(onlyUser(add?.name ?? name, 'relu'));
    return {
      output: relu?.name ?? add?.name ?? name,
      sum: add === null ? null : { shortcut: add.shortcut, block: add.block },
      relu: relu !== null,
    };
  };

  for (const node of graph.nodes) {
    if (folded.has(node.name)) continue;
    const { name } = node;
    switch (node.op) {
      case 'input':
        break;
      case 'conv': {
        const { input, stride, padding, groups } = node;
        const end = node.bias ? foldEnd(name) : { output: name, sum: null, relu: false };
        instructions.push({
          ...{ op: 'conv', input, weight: `${name}.weight`, bias: node.bias ? `${name}.bias` : null },
          ...{ ...end, stride, padding, groups, packedShape: null },
        });
        break;
      }
      case 'norm': {
        instructions.push({
          ...{ op: 'norm', input: node.input, norm: name, scale: `${name}.scale`, shift: `${name}.shift` },
          ...{ channels: node.shape[2], ...foldEnd(name) },
        });
        break;
      }
      case 'pad': {
        const { input, stride, inChannels, shape } = node;
        instructions.push({ op: 'pad', output: name, input, stride, inChannels, channels: shape[2] });
        break;
      }
      case 'pool':
        instructions.push({ op: 'pool', output: name, input: node.input });
        break;
      case 'maxpool': {
        const { input, kernel, stride, padding, shape } = node;
        const window = { kernel, stride, padding, height: shape[0], width: shape[1] };
        instructions.push({ op: 'maxpool', output: name, input, window });
        break;
      }
      case 'concat': {
        const channels = node.inputs.map((input) => nodes.get(input)?.shape[2] ?? 0);
        instructions.push({ op: 'concat', output: name, inputs: node.inputs, channels });
        break;
      }
      case 'lrn':
      case 'flatten':
        instructions.push({ op: node.op, output: name, input: node.input });
        break;
      case 'dropout':
        instructions.push({ op: 'dropout', output: name, input: node.input, rate: node.rate });
        break;
      case 'dense': {
        const relu = fold(onlyUser(name, 'relu'));
        instructions.push({
          ...{ op: 'dense', output: relu?.name ?? name, input: node.input },
          ...{ weight: `${name}.weight`, bias: `${name}.bias`, relu: relu !== null },
        });
        break;
      }
      case 'relu':
      case 'add':
        throw new Error(`graph: node ${name} does not follow a layer that it can be folded into`);
      default:
        node satisfies never;
    }
  }
  const output = instructions.at(-1)?.output ?? 'input';
  const reads = lastReads(instructions);
  return { instructions, input: 'input', output, lastReads: reads, lastUses: lastUses(instructions, reads) };
}

function usersOf(graph: Graph): ReadonlyMap<string, readonly Node[]> {
  const users = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of inputsOf(node)) users.set(name, [...(users.get(name) ?? []), node]);
  return users;
}

function isOp<Op extends Node['op']>(node: Node, op: Op): node is Extract<Node, { op: Op }> {
  return node.op === op;
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

/** A ReLU's mask is read from its output, and a filter's gradient from the convolution's input: all else is forward's. */
function lastUses(
  instructions: readonly Instruction[],
  reads: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const sums = instructions.map((each) => sumOf(each)?.shortcut);
  const plain = instructions.filter((each) => each.op === 'pad' || (each.op === 'norm' && !each.relu));
  const shortcuts = new Set(plain.map(({ output }) => output).filter((output) => sums.includes(output)));
  return reads.map((names) => names.filter((name) => shortcuts.has(name)));
}

/** Whether the way back needs what an instruction gave out: for the mask of its ReLU, or to find the largest. */
export function readsOutput(instruction: Instruction): boolean {
  const { op } = instruction;
  return op === 'norm' || op === 'maxpool' || ((op === 'conv' || op === 'dense') && instruction.relu);
}

/** The shortcut that an instruction adds. */
export function sumOf(instruction: Instruction): Sum | null {
  return instruction.op === 'norm' || instruction.op === 'conv' ? instruction.sum : null;
}

/** The values that an instruction reads. */
export function readsOf(instruction: Instruction): readonly string[] {
  if (instruction.op === 'concat') return instruction.inputs;
  const sum = sumOf(instruction);
  return sum === null ? [instruction.input] : [instruction.input, sum.shortcut];
}

/**
 * Which shortcut, by its block, each parameter is a part of: those of convolutions and normalisations that nothing but
 * the shortcut reads. They rest while its gain is 0.
 */
export function shortcutParameters({ instructions }: Program): ReadonlyMap<string, number> {
  const byOutput = new Map(instructions.map((instruction) => [instruction.output, instruction]));
  const readers = (name: string) => instructions.filter((instruction) => readsOf(instruction).includes(name)).length;
  const parameters = new Map<string, number>();
  for (const instruction of instructions) {
    const sum = sumOf(instruction);
    if (sum === null) continue;
    const { block, shortcut } = sum;
    let part = byOutput.get(shortcut);
    while (part !== undefined && readers(part.output) === 1) {
      if (part.op === 'conv') parameters.set(part.weight, block);
      if (part.op === 'norm') parameters.set(part.scale, block).set(part.shift, block);
      part = part.op === 'concat' ? undefined : byOutput.get(part.input);
    }
  }
  return parameters;
}
