import type { Graph, NormNode } from '../../core/net/node.ts';

/** A convolution on the main path, and the norm after it. */
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

/** The layers that the depth counts: convolutions on the main path, with or without a norm, and dense layers. */
export function weightedLayers(
  graph: Graph,
): readonly { readonly layer: string; readonly block: number; readonly weight: string }[] {
  const layers = graph.nodes.filter(({ op, name }) => {
    return op === 'dense' || (op === 'conv' && !name.includes('.shortcut.'));
  });
  return layers.map(({ name, block }) => ({ layer: name, block, weight: `${name}.weight` }));
}
