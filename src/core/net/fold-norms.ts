import { type ConvNode, type Graph, inputsOf, type Node, type NormNode } from './node.ts';

/** A norm, and the convolution that it is folded into. */
export interface Fold {
  readonly conv: ConvNode;
  readonly norm: NormNode;
}

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
    case 'concat':
      return { ...node, inputs: node.inputs.map(renamed) };
    default:
      return { ...node, input: renamed(node.input) };
  }
}
