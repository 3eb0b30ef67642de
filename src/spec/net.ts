/** A net of the paper's CIFAR family (He et al. 2015, section 4.2), as plain JSON. */

export type Family = 'plain' | 'residual';

/** `basic`: two 3x3 convolutions. `bottleneck`: 1x1 reduce, 3x3, 1x1 restore to four times the width. */
export type BlockKind = 'basic' | 'bottleneck';

/**
 * What a shortcut is where the shape changes, and where it does not (section 4.1).
 * A: subsample and pad with zero channels; identity. B: 1x1 projection; identity. C: projections everywhere.
 */
export type ShortcutOption = 'A' | 'B' | 'C';

export interface NetSpec {
  /** What the net is called and coloured. A plain net has the same places for shortcuts, with gain 0. */
  readonly family: Family;
  /** Weighted layers on the main path: 6n + 2 with basic blocks, 9n + 2 with bottlenecks. */
  readonly depth: number;
  /** Channels of the first stage; the second has twice, the third four times as many. */
  readonly width: number;
  readonly block: BlockKind;
  readonly option: ShortcutOption;
  /** Strength g of each block's shortcut in y = relu(F(x) + g * S(x)), first block first. */
  readonly gains: readonly number[];
}

export const STAGES = 3;

/** Convolutions in one block. */
export const LAYERS_PER_BLOCK = { basic: 2, bottleneck: 3 } as const satisfies Record<BlockKind, number>;

/** How many times a block's output is wider than the width of its stage. */
export const EXPANSION = { basic: 1, bottleneck: 4 } as const satisfies Record<BlockKind, number>;

/** Blocks in the whole net, over its three stages. Not an integer where the depth is not of the family. */
export function blockCount(net: Pick<NetSpec, 'depth' | 'block'>): number {
  return (net.depth - 2) / LAYERS_PER_BLOCK[net.block];
}

/** The gain that every shortcut of a family starts with. */
export function initialGain(family: Family): number {
  return family === 'residual' ? 1 : 0;
}

/** A net of the family with all its gains at their initial value. */
export function makeNet(
  family: Family,
  depth: number,
  { width = 8, block = 'basic', option = 'A' }: Partial<Pick<NetSpec, 'width' | 'block' | 'option'>> = {},
): NetSpec {
  const blocks = blockCount({ depth, block });
  return { family, depth, width, block, option, gains: Array<number>(blocks).fill(initialGain(family)) };
}

/** The net's name as the paper writes it: "plain-32", "ResNet-32"; what differs from the default follows. */
export function netName(net: NetSpec): string {
  const stem = `${net.family === 'plain' ? 'plain' : 'ResNet'}-${net.depth}`;
  const option = net.option === 'A' ? '' : ` ${net.option}`;
  const block = net.block === 'basic' ? '' : ' bottleneck';
  return stem + option + block;
}
