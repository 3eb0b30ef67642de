import type { Graph, Node } from '../spec/graph.ts';

/**
 * What the engine executes: the graph with every chain norm -> add -> relu folded into one instruction, because
 * one pass over memory then does the work of three. Values are named as the last node of their chain.
 */
export type Instruction = ConvInstruction | NormInstruction | PadInstruction | PoolInstruction | DenseInstruction;

interface Base<Op extends string> {
  readonly op: Op;
  readonly output: string;
  readonly input: string;
}
export interface ConvInstruction extends Base<'conv'> {
  readonly weight: string;
  readonly stride: number;
}
/** relu?(norm(input) + gain * shortcut), the sum only at the end of a block. */
export interface NormInstruction extends Base<'norm'> {
  /** The norm node: it names the scale, the shift and the statistics. */
  readonly norm: string;
  readonly scale: string;
  readonly shift: string;
  readonly channels: number;
  readonly sum: { readonly shortcut: string; readonly block: number } | null;
  readonly relu: boolean;
}
export interface PadInstruction extends Base<'pad'> {
  readonly stride: number;
  readonly inChannels: number;
  readonly channels: number;
}
export interface PoolInstruction extends Base<'pool'> {}
export interface DenseInstruction extends Base<'dense'> {
  readonly weight: string;
  readonly bias: string;
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
  const folded = new Set<string>();
  const instructions: Instruction[] = [];

  /** The node that alone uses `name`, where it is of the wanted kind. */
  const onlyUser = <Op extends Node['op']>(name: string, op: Op): Extract<Node, { op: Op }> | null => {
    const [user, ...others] = users.get(name) ?? [];
    return user !== undefined && others.length === 0 && isOp(user, op) ? user : null;
  };

  for (const node of graph.nodes) {
    if (folded.has(node.name)) continue;
    const { name } = node;
    switch (node.op) {
      case 'input':
        break;
      case 'conv':
        instructions.push({
          op: 'conv',
          output: name,
          input: node.input,
          weight: `${name}.weight`,
          stride: node.stride,
        });
        break;
      case 'norm': {
        const user = onlyUser(name, 'add');
        const add = user?.branch === name ? user : null;
        const relu = onlyUser(add?.name ?? name, 'relu');
        if (add !== null) folded.add(add.name);
        if (relu !== null) folded.add(relu.name);
        instructions.push({
          op: 'norm',
          output: relu?.name ?? add?.name ?? name,
          input: node.input,
          norm: name,
          scale: `${name}.scale`,
          shift: `${name}.shift`,
          channels: node.shape[2],
          sum: add === null ? null : { shortcut: add.shortcut, block: add.block },
          relu: relu !== null,
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
      case 'dense':
        instructions.push({
          op: 'dense',
          output: name,
          input: node.input,
          weight: `${name}.weight`,
          bias: `${name}.bias`,
        });
        break;
      case 'relu':
      case 'add':
        throw new Error(`graph: node ${name} does not follow a normalisation`);
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

function inputsOf(node: Node): readonly string[] {
  if (node.op === 'input') return [];
  return node.op === 'add' ? [node.branch, node.shortcut] : [node.input];
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
  const sums = instructions.flatMap((each) => (each.op === 'norm' && each.sum !== null ? [each.sum.shortcut] : []));
  const plain = instructions.filter((each) => each.op === 'pad' || (each.op === 'norm' && !each.relu));
  const shortcuts = new Set(plain.map(({ output }) => output).filter((output) => sums.includes(output)));
  return reads.map((names) => names.filter((name) => shortcuts.has(name)));
}

/** The values that an instruction reads. */
function readsOf(instruction: Instruction): readonly string[] {
  const sum = instruction.op === 'norm' ? instruction.sum : null;
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
    if (instruction.op !== 'norm' || instruction.sum === null) continue;
    const { block, shortcut } = instruction.sum;
    let part = byOutput.get(shortcut);
    while (part !== undefined && readers(part.output) === 1) {
      if (part.op === 'conv') parameters.set(part.weight, block);
      if (part.op === 'norm') parameters.set(part.scale, block).set(part.shift, block);
      part = byOutput.get(part.input);
    }
  }
  return parameters;
}
