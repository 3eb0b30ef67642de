import { withoutUsual } from './choices.ts';
import type { CifarNet, NetSpec } from './net.ts';
import { type ConvNode, type Graph, inputsOf, type NormNode, type SumNode } from './node.ts';

/** A convolution and the norm behind it. */
interface NormedConv {
  readonly conv: ConvNode;
  readonly norm: NormNode;
}

/** A 3x3 convolution with its norm, and RepVGG's branches beside it (Ding et al. 2021, section 3.2). */
export interface RepLayer {
  readonly layer: NormedConv;
  /** The 1x1 convolution with its norm. */
  readonly pointwise: NormedConv;
  /** The norm alone, where the layer keeps the shape. */
  readonly identity: NormNode | null;
  /** Row and column of the 3x3 window at which the 1x1 convolution reads: 1 is its centre. */
  readonly offset: number;
}

/** The net with one plain layer in the place of each layer with RepVGG's branches; null where it has none. */
export function withoutRepBranches(net: NetSpec): CifarNet | null {
  if (net.design !== undefined || !net.choices?.rep) return null;
  const { choices, ...others } = net;
  const { rep: _, ...left } = choices;
  const usual = withoutUsual(left);
  return { ...others, ...(usual && { choices: usual }) };
}

/** The layers of a graph that have RepVGG's branches, in its order. */
export function repLayers({ nodes }: Graph): readonly RepLayer[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const normOf = (name: string): NormNode | null => {
    const node = byName.get(name);
    return node?.op === 'norm' ? node : null;
  };
  const normedConv = (name: string): NormedConv | null => {
    const norm = normOf(name);
    const conv = byName.get(norm?.input ?? '');
    return norm !== null && conv?.op === 'conv' ? { conv, norm } : null;
  };
  const sums = nodes.filter((node): node is SumNode => node.op === 'sum');
  return sums.flatMap((sum): RepLayer[] => {
    const [first = '', second = '', third = ''] = inputsOf(sum);
    const [layer, pointwise] = [normedConv(first), normedConv(second)];
    if (layer === null || pointwise === null) return [];
    const side = byName.get(layer.conv.input)?.shape[0] ?? 0;
    return [{ layer, pointwise, identity: normOf(third), offset: edge(layer.conv, side) - edge(pointwise.conv, side) }];
  });
}

/** Rows of zeros before the first row of a map of `side` rows. */
function edge({ padding, kernel, stride, shape: [height] }: ConvNode, side: number): number {
  if (padding !== 'same') return padding;
  return Math.floor(Math.max((height - 1) * stride + kernel - side, 0) / 2);
}
