import { type NetSpec, stageOf } from '../../../core/net/net.ts';

/** What a gain can be given to from a block on, and the blocks of that, counted from 1. */
interface GainReach {
  readonly to: 'block' | 'stage' | 'net';
  readonly blocks: readonly number[];
}

/** Those from a block of a net on, as blocks of the net that the lane is then: one that has grown has more in each stage. */
export function gainReaches(net: NetSpec, block: number, then: NetSpec): readonly GainReach[] {
  const stage = stageOf(net, block);
  const place = blocksOf(net, stage).indexOf(block);
  const blocks = blocksOf(then, stage);
  return [
    { to: 'block', blocks: blocks.slice(place, place + 1) },
    { to: 'stage', blocks },
    { to: 'net', blocks: allBlocks(then) },
  ];
}

function blocksOf(net: NetSpec, stage: number): readonly number[] {
  return allBlocks(net).filter((block) => stageOf(net, block) === stage);
}

function allBlocks({ gains }: NetSpec): readonly number[] {
  return gains.map((_, index) => index + 1);
}
