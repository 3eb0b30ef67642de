import { blockKind, layersPerBlock, type NetSpec, stageBlocks } from '../../../core/net/net.ts';

/** What a strip draws: how many blocks each stage has, and how many layers a block has. */
export interface StripShape {
  readonly stages: readonly number[];
  readonly layersPerBlock: number;
  /** Whether blocks have a place for a shortcut; otherwise the blocks are single layers. */
  readonly hasPlaces: boolean;
  /** Whether RepVGG's branches stand beside the layers. */
  readonly hasBranches?: boolean;
  /** Dense layers at the end. */
  readonly heads: number;
}

/** The stages, blocks and layers of a net. A net without blocks has one layer per block. */
export function shapeOf(net: NetSpec): StripShape {
  switch (net.design) {
    case 'vgg':
      return { stages: net.depth === 19 ? [1, 2, 4, 4, 4] : [1, 2, 3, 3, 3], ...LAYERS, heads: 3 };
    case 'alexnet':
      return { stages: [1, 3], ...LAYERS, heads: 3 };
    case 'googlenet':
      return { stages: [2, 4, 10, 4], ...LAYERS, heads: 1 };
    case 'imagenet':
    case undefined: {
      if (net.gains.length === 0) {
        // Blocks without sums are drawn as their layers.
        const stages = stageBlocks(net).map((blocks) => blocks * (net.design === undefined ? layersPerBlock(net) : 1));
        return { stages, ...LAYERS, heads: 1 };
      }
      const choices = net.design === undefined ? net.choices : undefined;
      const layers = layersPerBlock({ block: blockKind(net) ?? 'basic', choices });
      const hasBranches = choices?.rep ?? false;
      return { stages: stageBlocks(net), layersPerBlock: layers, hasPlaces: true, hasBranches, heads: 1 };
    }
    default:
      return net satisfies never;
  }
}

/** The first layer is the stem. */
const LAYERS = { layersPerBlock: 1, hasPlaces: false } as const;
