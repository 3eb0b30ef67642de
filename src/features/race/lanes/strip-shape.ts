import { blockKind, LAYERS_PER_BLOCK, type NetSpec, stageBlocks } from '../../../core/net/net.ts';
import type { StripShape } from '../strip/shape.ts';

/** How many blocks a net has in each stage, and of how many layers; of one without blocks, its layers. */
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
      const layersPerBlock = LAYERS_PER_BLOCK[blockKind(net) ?? 'basic'];
      return { stages: stageBlocks(net), layersPerBlock, hasPlaces: true, heads: 1 };
    }
    default:
      return net satisfies never;
  }
}

/** The first layer is the stem. */
const LAYERS = { layersPerBlock: 1, hasPlaces: false } as const;
