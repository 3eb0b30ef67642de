import { type Graph, inputsOf, type Node, takesOf } from './node.ts';

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
