import { type ConvNode, type DenseNode, type Graph, inputsOf, type Node, type Shape, sizeOf } from './node.ts';
import { listParameters, nodeParameters } from './operation-facts.ts';

/** Number of trained parameters: convolution and dense weights, biases, scales and shifts. No running statistics. */
export function countParameters(graph: Graph): number {
  return listParameters(graph).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Multiply-adds of one image's forward pass, as the paper counts them: convolutions and dense layers. */
export function multiplyAdds(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + multiplyAddsOf(node), 0);
}

/** Multiply-adds of one node for one image. */
export function multiplyAddsOf(node: Node): number {
  if (node.op === 'conv') return sizeOf(node.shape) * node.kernel ** 2 * node.inChannels;
  return node.op === 'dense' ? node.shape[2] * node.inChannels : 0;
}

/** A weighted layer on the main path. */
export interface Layer {
  readonly name: string;
  /** Number of weighted layers on the longest path up to and including this one. */
  readonly level: number;
  /** 0 for a dense layer. */
  readonly kernel: number;
  readonly stride: number;
  readonly input: Shape;
  readonly output: Shape;
  /** Number of parameters, including those of the normalisation that follows. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Number of times that the feature map was downsampled before. */
  readonly stage: number;
}

/** A shortcut from the output of level `from` to the output of level `to`. */
export interface Skip {
  readonly block: number;
  readonly from: number;
  readonly to: number;
  readonly kind: 'identity' | 'padding' | 'projection';
}

/** The weighted layers of a net and its shortcuts. */
export interface LayerPlan {
  readonly layers: readonly Layer[];
  readonly skips: readonly Skip[];
  readonly depth: number;
}

/** Whether a node is neither on a shortcut, nor a gate's, nor one of RepVGG's branches, which the depth does not count. */
export function isOnMainPath(name: string): boolean {
  return !/\.(shortcut|gate|rep\d+)\./.test(name);
}

/** A net as its weighted layers: what the depth counts, with those that stand side by side at one level. */
export function layersOf({ nodes }: Graph): LayerPlan {
  const levels = new Map<string, number>();
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const layers: Layer[] = [];
  const skips: Skip[] = [];
  const sides: number[] = [];
  for (const node of nodes) {
    const before = Math.max(0, ...inputsOf(node).map((name) => levels.get(name) ?? 0));
    const isLayer = (node.op === 'conv' || node.op === 'dense') && isOnMainPath(node.name);
    levels.set(node.name, before + Number(isLayer));
    if (node.op === 'conv' || node.op === 'dense') {
      if (!isLayer) continue;
      if (!sides.includes(node.shape[0])) sides.push(node.shape[0]);
      const input = byName.get(node.input)?.shape ?? node.shape;
      layers.push(layerOf(node, nodes, { level: before + 1, input, stage: sides.indexOf(node.shape[0]) }));
    }
    if (node.op === 'add') {
      const made = byName.get(node.shortcut);
      const kind = made?.op === 'pad' ? 'padding' : made?.name.includes('.shortcut.') ? 'projection' : 'identity';
      skips.push({ block: node.block, from: levels.get(node.shortcut) ?? 0, to: before, kind });
    }
  }
  return { layers, skips, depth: Math.max(0, ...layers.map(({ level }) => level)) };
}

function layerOf(
  node: ConvNode | DenseNode,
  nodes: readonly Node[],
  where: Pick<Layer, 'level' | 'input' | 'stage'>,
): Layer {
  const norm = nodes.filter(({ op, ...each }) => op === 'norm' && 'input' in each && each.input === node.name);
  const own = [node, ...norm].flatMap(nodeParameters);
  return {
    ...where,
    name: node.name,
    kernel: node.op === 'conv' ? node.kernel : 0,
    stride: node.op === 'conv' ? node.stride : 1,
    output: node.shape,
    parameters: own.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    multiplyAdds: multiplyAddsOf(node),
  };
}
