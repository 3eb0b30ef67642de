import { type ConvNode, type Graph, inputsOf, type Node, type NormNode } from './node.ts';
import { takesOf } from './operation-facts.ts';

/** The shortcut that is added at the end of a block, times the block's gain. */
export interface Sum {
  readonly shortcut: string;
  readonly block: number;
}

/** A node with the sum and the ReLU behind it, which are computed in the same pass over memory: relu?(node + gain * shortcut). */
export interface FoldedNode {
  readonly node: Node;
  /** Names of the folded nodes, the layer first. The value has the name of the last. */
  readonly names: readonly [string, ...string[]];
  readonly output: string;
  readonly sum: Sum | null;
  readonly relu: boolean;
  /** Slope of the ReLU below zero; 0 if left out. */
  readonly slope?: number | undefined;
}

/** The nodes of a graph in its order, each sum and ReLU folded into the layer before it where that layer takes it. */
export function foldEnds(graph: Graph): readonly FoldedNode[] {
  const users = usersOf(graph);
  const folded = new Set<string>();

  /** The node that alone uses `name`, where it is of the wanted operation. */
  const onlyUser = (name: string, op: Node['op']): Node | undefined => {
    const [user, ...others] = users.get(name) ?? [];
    return others.length === 0 && user?.op === op ? user : undefined;
  };

  return graph.nodes.flatMap((node): readonly FoldedNode[] => {
    if (folded.has(node.name)) return [];
    const takes = takesOf(node);
    const user = takes === 'sum and ReLU' ? onlyUser(node.name, 'add') : undefined;
    const add = user?.op === 'add' && user.branch === node.name ? user : undefined;
    const relu = takes === 'nothing' ? undefined : onlyUser(add?.name ?? node.name, 'relu');
    const ends = [add, relu].flatMap((end) => (end === undefined ? [] : [end.name]));
    for (const name of ends) folded.add(name);
    // A sum that no layer takes is a value of its own, and brings its shortcut along.
    const sum = add ?? (node.op === 'add' ? node : undefined);
    return [
      {
        node,
        names: [node.name, ...ends],
        output: ends.at(-1) ?? node.name,
        sum: sum === undefined ? null : { shortcut: sum.shortcut, block: sum.block },
        relu: relu !== undefined,
        slope: relu?.op === 'relu' ? relu.slope : undefined,
      },
    ];
  });
}

function usersOf(graph: Graph): ReadonlyMap<string, readonly Node[]> {
  const users = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of inputsOf(node)) users.set(name, [...(users.get(name) ?? []), node]);
  return users;
}

/** A norm, and the convolution that it is folded into. */
export interface Fold {
  readonly conv: ConvNode;
  readonly norm: NormNode;
}

/** A graph without the folded norms, and the list of the folds. */
export interface FoldedGraph {
  readonly graph: Graph;
  readonly folds: readonly Fold[];
}

/**
 * Folds norms with fixed statistics into the convolutions before them: each norm that is its convolution's only reader
 * is removed, and the convolution, under its own name, gets a bias.
 */
export function foldNorms({ nodes }: Graph): FoldedGraph {
  const folds = nodes.flatMap((conv): Fold[] => {
    const [norm, ...others] = nodes.filter((node) => reads(node, conv.name));
    return conv.op === 'conv' && norm?.op === 'norm' && others.length === 0 ? [{ conv, norm }] : [];
  });
  const convOf = new Map(folds.map(({ conv, norm }) => [norm.name, conv.name]));
  const renamed = (name: string) => convOf.get(name) ?? name;
  const folded = new Set(folds.map(({ conv }) => conv.name));
  const kept = nodes.filter(({ name }) => !convOf.has(name));
  const graph = kept.map((node) =>
    withInputs(node.op === 'conv' && folded.has(node.name) ? { ...node, bias: true } : node, renamed),
  );
  return { graph: { nodes: graph }, folds };
}

function reads(node: Node, name: string): boolean {
  return inputsOf(node).includes(name);
}

function withInputs(node: Node, renamed: (name: string) => string): Node {
  switch (node.op) {
    case 'input':
      return node;
    case 'add':
      return { ...node, branch: renamed(node.branch), shortcut: renamed(node.shortcut) };
    case 'gate':
      return {
        ...node,
        branch: renamed(node.branch),
        transform: renamed(node.transform),
        shortcut: renamed(node.shortcut),
      };
    case 'sum': {
      const [first, second, ...others] = node.inputs;
      return { ...node, inputs: [renamed(first), renamed(second), ...others.map(renamed)] };
    }
    case 'concat':
      return { ...node, inputs: node.inputs.map(renamed) };
    default:
      return { ...node, input: renamed(node.input) };
  }
}
