import { type BlockChoices, choiceWords, hasSums } from './choices.ts';

/** A net, as plain JSON: of the paper's CIFAR family (He et al. 2015, section 4.2), or one that it compares on ImageNet. */
export type NetSpec = CifarNet | ZooNet;

/** The kind of a net, which decides its name and colour. A plain net has shortcuts of gain 0, or none. */
export type NetKind = 'plain' | 'residual';

/** `basic`: two 3x3 convolutions. `bottleneck`: 1x1 reduce, 3x3, 1x1 restore to four times the width. */
export type BlockKind = 'basic' | 'bottleneck';

/**
 * Type of the shortcuts (He et al. 2015, section 4.1): where the shape changes; where it does not. A: subsample and pad
 * with zero channels; identity. B: 1x1 projection; identity. C: projections everywhere.
 */
export type ShortcutType = 'A' | 'B' | 'C';

interface AnyNet {
  readonly family: NetKind;
  /** Weighted layers on the main path; of nets that concatenate, without the 1x1 convolutions behind blocks or stages. */
  readonly depth: number;
  /** Channels of the first stage, by which all others scale. */
  readonly width: number;
  /** Strength g of each block's shortcut in y = relu(F(x) + g * S(x)), first block first; empty where there is no sum. */
  readonly gains: readonly number[];
}

/** Depth is 6n + 2 with basic blocks, 9n + 2 with bottlenecks; the second stage has twice, the third four times the width. */
export interface CifarNet extends AnyNet {
  readonly design?: undefined;
  readonly block: BlockKind;
  readonly option: ShortcutType;
  /** In what its blocks differ from those of the paper, if in anything. */
  readonly choices?: BlockChoices | undefined;
}

/**
 * A net as the paper that introduced it describes it, or as PyTorch's torchvision has it, with weights to load. They
 * differ thus: ResNet's bottlenecks stride in the first 1x1 | in the 3x3 convolution; AlexNet has two groups and local
 * response normalisation | one group and fewer filters; GoogLeNet has 5x5 convolutions, biases and local response
 * normalisation | 3x3 in their place and batch normalisation.
 */
export type Variant = 'paper' | 'pytorch';

/** Table 1 of the paper: a stem, four stages of blocks, one dense layer; plain or residual. */
export interface ImageNetNet extends AnyNet {
  readonly design: 'imagenet';
  readonly depth: ImageNetDepth;
  readonly option: ShortcutType;
  readonly form: Variant;
}

/** Simonyan and Zisserman 2014, columns D and E. */
export interface VggNet extends AnyNet {
  readonly design: 'vgg';
  readonly depth: VggDepth;
  /** Batch normalisation behind every convolution, which the original does not have. */
  readonly norm: boolean;
}

/** Krizhevsky, Sutskever, Hinton 2012; as PyTorch has it, Krizhevsky 2014. */
export interface AlexNet extends AnyNet {
  readonly design: 'alexnet';
  readonly form: Variant;
}

/** Szegedy et al. 2014, without the auxiliary heads. */
export interface GoogLeNet extends AnyNet {
  readonly design: 'googlenet';
  readonly form: Variant;
}

/** A net designed for ImageNet. */
export type ZooNet = ImageNetNet | VggNet | AlexNet | GoogLeNet;

/** Depths of the ImageNet ResNets (He et al. 2015, table 1). */
export const IMAGENET_DEPTHS = [18, 34, 50, 101, 152] as const;
/** A depth of the ImageNet ResNets. */
export type ImageNetDepth = (typeof IMAGENET_DEPTHS)[number];

/** Depths of VGG with weights in torchvision that the paper compares (columns D and E). */
export const VGG_DEPTHS = [16, 19] as const;
/** A depth of VGG. */
export type VggDepth = (typeof VGG_DEPTHS)[number];

/** Stages of a CIFAR net. */
export const STAGES = 3;

/** Convolutions in one block of each kind, unless a choice says otherwise. */
const LAYERS_PER_BLOCK = { basic: 2, bottleneck: 3 } as const satisfies Record<BlockKind, number>;

/** Ratio of a block's output channels to the width of its stage. */
export const EXPANSION = { basic: 1, bottleneck: 4 } as const satisfies Record<BlockKind, number>;

/** Blocks of each stage of the ImageNet nets (table 1). */
const IMAGENET_BLOCKS = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const satisfies Record<ImageNetDepth, readonly number[]>;

/** Blocks in a whole CIFAR net, over its three stages. Not an integer where the depth is not of the family. */
export function blockCount(net: Pick<CifarNet, 'depth' | 'block' | 'choices'>): number {
  return (net.depth - 2) / layersPerBlock(net);
}

/** Convolutions in one block of a net. */
export function layersPerBlock({ block, choices }: Pick<CifarNet, 'block' | 'choices'>): number {
  if (choices?.shortcut?.type === 'dense') return 1;
  return choices?.span ?? LAYERS_PER_BLOCK[block];
}

/** Number of shortcuts with a gain: one a block, or none where nothing is added. */
export function gainCount(net: Pick<CifarNet, 'depth' | 'block' | 'choices'>): number {
  return hasSums(net.choices) ? blockCount(net) : 0;
}

/** Whether shortcuts are concatenated to what the layers give, so that none has a gain. */
export function concatenates(net: NetSpec): boolean {
  return net.design === undefined && net.family === 'residual' && !hasSums(net.choices);
}

/** Whether what its layers read is also carried past them in a way that has no gain: concatenated, or in RepVGG's branches. */
export function hasFixedShortcuts(net: NetSpec): boolean {
  return concatenates(net) || hasRepBranches(net);
}

/** Whether each 3x3 convolution has RepVGG's branches beside it: several ways through one layer. */
export function hasRepBranches(net: NetSpec): boolean {
  return net.design === undefined && net.choices?.rep === true;
}

/** The kind of a net's blocks; null if it has none. */
export function blockKind(net: NetSpec): BlockKind | null {
  if (net.design === undefined) return net.block;
  if (net.design === 'imagenet') return net.depth >= 50 ? 'bottleneck' : 'basic';
  return null;
}

/** Number of blocks of each stage; empty if the net has no blocks. */
export function stageBlocks(net: NetSpec): readonly number[] {
  if (net.design === undefined) return Array<number>(STAGES).fill(blockCount(net) / STAGES);
  return net.design === 'imagenet' ? IMAGENET_BLOCKS[net.depth] : [];
}

/** Which stage (from 1) a block (from 1) belongs to. */
export function stageOf(net: NetSpec, block: number): number {
  const blocks = stageBlocks(net);
  const isBehind = (_: number, stage: number) =>
    block > blocks.slice(0, stage + 1).reduce((sum, each) => sum + each, 0);
  return blocks.filter(isBehind).length + 1;
}

/** The initial gain of all shortcuts of a net of this kind. */
export function initialGain(family: NetKind): number {
  return family === 'residual' ? 1 : 0;
}

/**
 * The gain that all shortcuts of a net were built with: 0 in a plain net, 1 or another above 0 in a residual one. Null
 * where they have several, or one that nets of its kind are not built with.
 */
export function builtGain({ family, gains }: Pick<NetSpec, 'family' | 'gains'>): number | null {
  const [first = initialGain(family)] = gains;
  const isOfKind = family === 'plain' ? first === 0 : first > 0;
  return isOfKind && gains.every((gain) => gain === first) ? first : null;
}

/** A CIFAR net with all its gains at their initial value. */
export function makeNet(
  family: NetKind,
  depth: number,
  { width = 8, block = 'basic', option = 'A', choices }: Partial<Omit<CifarNet, 'family' | 'depth' | 'gains'>> = {},
): CifarNet {
  const gains = Array<number>(gainCount({ depth, block, choices })).fill(initialGain(family));
  return { family, depth, width, block, option, ...(choices && { choices }), gains };
}

/** The net's name as the paper writes it: "plain-32", "ResNet-32"; what differs from the default follows. */
export function netName(net: NetSpec): string {
  const stem = `${net.family === 'plain' ? 'plain' : 'ResNet'}-${net.depth}`;
  switch (net.design) {
    case undefined: {
      const option = net.option === 'A' ? '' : ` ${net.option}`;
      return stem + option + (net.block === 'basic' ? '' : ' bottleneck') + choiceWords(net.choices);
    }
    case 'imagenet':
      return net.option === defaultShortcutType(net.family) ? stem : `${stem} ${net.option}`;
    case 'vgg':
      return `VGG-${net.depth}${net.norm ? ' BN' : ''}`;
    case 'alexnet':
      return 'AlexNet';
    case 'googlenet':
      return 'GoogLeNet';
    default:
      return net satisfies never;
  }
}

/** The default shortcut type of an ImageNet net: a plain one has nothing to project. */
export function defaultShortcutType(family: NetKind): ShortcutType {
  return family === 'plain' ? 'A' : 'B';
}
