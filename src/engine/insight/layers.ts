import type { Graph, NormNode } from '../../spec/graph.ts';

/** A convolution on the main path, and the normalisation behind it. */
export interface ConvLayer {
  readonly layer: string;
  readonly block: number;
  readonly kernel: number;
  readonly weight: string;
  readonly norm: NormNode;
}

/** The convolutions of stem and branches, in the order of the net; projections of shortcuts are not among them. */
export function convLayers({ nodes }: Graph): readonly ConvLayer[] {
  return nodes.flatMap((node) => {
    if (node.op !== 'norm' || node.name.includes('.shortcut.')) return [];
    const conv = nodes.find(({ name }) => name === node.input);
    if (conv?.op !== 'conv') return [];
    const { name, block, kernel } = conv;
    return [{ layer: name, block, kernel, weight: `${name}.weight`, norm: node }];
  });
}

/** The same and the head: all that the depth counts. */
export function weightedLayers(
  graph: Graph,
): readonly { readonly layer: string; readonly block: number; readonly weight: string }[] {
  const dense = graph.nodes.filter(({ op }) => op === 'dense');
  return [
    ...convLayers(graph).map(({ layer, block, weight }) => ({ layer, block, weight })),
    ...dense.map(({ name, block }) => ({ layer: name, block, weight: `${name}.weight` })),
  ];
}
