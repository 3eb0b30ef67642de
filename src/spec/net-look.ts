import type { Graph } from './node.ts';

/** What of a net's inside is shown: a block, counted from 1, or what one layer gives out, by its name in the graph. */
export type MapChoice =
  | { readonly of: 'block'; readonly block: number }
  | { readonly of: 'layer'; readonly layer: string };

/** Channels last, [height, width, channels] flat. */
export interface FeatureMap {
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly values: Float32Array;
}

/** Some of a value's channels. */
export interface ShownMap extends FeatureMap {
  /** Which they are, counted from 0, and of how many. */
  readonly channels: readonly number[];
  readonly of: number;
}

/** What a net makes of an image at one place. */
export interface NetMaps {
  /** Of a block what comes in and F(x), before gain and addition; null of a layer. */
  readonly block: { readonly input: ShownMap; readonly branch: ShownMap } | null;
  readonly output: ShownMap;
  /** The largest absolute value of all that is shown: ends of one diverging scale. */
  readonly largest: number;
}

/** What a block's branch weighs beside its input, on one image. */
export interface BlockFacts {
  /** Counted from 1. */
  readonly block: number;
  /** ||F(x)|| / ||x||, Euclidean norms. */
  readonly ratio: number;
  /** Share of what goes on that is 0, since F(x) + g * S(x) is not above it; in 0 .. 1. */
  readonly silent: number;
}

/** What was measured inside a net on one image. */
export interface NetProbe {
  readonly blocks: readonly BlockFacts[];
  /**
   * How much each place of the last maps speaks for the class found likeliest: their mean, and the class's bias, are its
   * logit. Null where a net does not end in a mean over all places.
   */
  readonly evidence: FeatureMap | null;
}

/** A filter of the first layer for each of its outputs, [height, width, RGB, filters] flat. */
export interface Filters {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

/** The layers whose output can be shown as maps, in the order of the net: what its convolutions end in, and pools. */
export function mapLayers({ nodes }: Graph): readonly { readonly layer: string; readonly block: number }[] {
  const shown = nodes.filter(({ op, shape: [height] }) => {
    return height > 1 && (op === 'relu' || op === 'maxpool' || op === 'concat');
  });
  return shown.map(({ name, block }) => ({ layer: name, block }));
}

/** Where looking begins: the first block, or where there is none the first layer. */
export function firstChoice(graph: Graph): MapChoice {
  const [first] = mapLayers(graph);
  const hasBlocks = graph.nodes.some(({ block }) => block > 0);
  return hasBlocks || first === undefined ? { of: 'block', block: 1 } : { of: 'layer', layer: first.layer };
}
