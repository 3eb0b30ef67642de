import { blockCount, LAYERS_PER_BLOCK, type NetSpec, STAGES } from '../../spec/net.ts';
import type { StripShape } from '../strip/shape.ts';

/** How many blocks a net has in each stage, and of how many layers. */
export function shapeOf(net: NetSpec): StripShape {
  return {
    stages: Array<number>(STAGES).fill(blockCount(net) / STAGES),
    layersPerBlock: LAYERS_PER_BLOCK[net.block],
  };
}
