import type { Graph } from './node.ts';

/** The part of a net that is shown: a block, counted from 1, or one layer's output, by its name in the graph. */
export type MapChoice =
  | { readonly type: 'block'; readonly block: number }
  | { readonly type: 'layer'; readonly layer: string };

/** Channels last, [height, width, channels] flat. */
export interface FeatureMap {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly values: Float32Array;
}

/** Some of a value's channels. */
export interface ShownMap extends FeatureMap {
  /** Indices of the shown channels, from 0; `of` is the number of all. */
  readonly channels: readonly number[];
  readonly of: number;
}

/** Feature maps of one image at one block or layer. */
export interface NetMaps {
  /** A block's input x and its branch F(x), before gain and addition; null for a layer. */
  readonly block: { readonly input: ShownMap; readonly branch: ShownMap } | null;
  readonly output: ShownMap;
  /** The largest absolute value of all that is shown: ends of one diverging scale. */
  readonly largest: number;
}

/** The size of a block's branch relative to its input, on one image. */
export interface ProbedBlock {
  /** Counted from 1. */
  readonly block: number;
  /** ||F(x)|| / ||x||, Euclidean norms. */
  readonly ratio: number;
  /** Share of zeros in the block's output relu(F(x) + g * S(x)), 0 .. 1. */
  readonly silent: number;
}

/** Measurements inside a net on one image. */
export interface NetProbe {
  readonly blocks: readonly ProbedBlock[];
  /**
   * Class activation map of the likeliest class (Zhou et al. 2016): its mean plus the class's bias is the class's
   * logit. Null where a net does not end in global average pooling.
   */
  readonly evidence: FeatureMap | null;
}

/** A filter of the first layer for each of its outputs, [height, width, RGB, filters] flat. */
export interface Filters {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** The layers whose output can be shown as maps, in the order of the net: ReLUs, max pools and concatenations. */
export function mapLayers({ nodes }: Graph): readonly { readonly layer: string; readonly block: number }[] {
  const shown = nodes.filter(({ op, shape: [height] }) => {
    return height > 1 && (op === 'relu' || op === 'maxpool' || op === 'concat');
  });
  return shown.map(({ name, block }) => ({ layer: name, block }));
}

/** The initial choice: the first block or, in a net without blocks, the first layer. */
export function firstChoice(graph: Graph): MapChoice {
  const [first] = mapLayers(graph);
  const hasBlocks = graph.nodes.some(({ block }) => block > 0);
  return hasBlocks || first === undefined ? { type: 'block', block: 1 } : { type: 'layer', layer: first.layer };
}
