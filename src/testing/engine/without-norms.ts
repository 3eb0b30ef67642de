import type { Graph, Node } from '../../core/net/node.ts';

/** A graph without its normalisations, of which each is skipped by what reads it. */
export function withoutNorms({ nodes }: Graph): Graph {
  const inputOf = new Map(nodes.flatMap((node) => (node.op === 'norm' ? [[node.name, node.input] as const] : [])));
  const skip = (name: string) => inputOf.get(name) ?? name;
  return { nodes: nodes.filter(({ op }) => op !== 'norm').map((node) => rewired(node, skip)) };
}

function rewired(node: Node, skip: (name: string) => string): Node {
  if (node.op === 'add') return { ...node, branch: skip(node.branch), shortcut: skip(node.shortcut) };
  return 'input' in node ? { ...node, input: skip(node.input) } : node;
}
