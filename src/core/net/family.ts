import {
  type AlexNet,
  defaultShortcutType,
  type Family,
  type GoogLeNet,
  IMAGENET_DEPTHS,
  type ImageNetDepth,
  type ImageNetNet,
  initialGain,
  stageBlocks,
  type VggDepth,
  type VggNet,
} from './net.ts';

/** The width of all these nets in their papers: 64 filters in the first layer (of AlexNet, as PyTorch has it). */
export const PAPER_WIDTH = 64;

/** Images with a side below this many pixels get a stem that neither strides nor pools. */
export const SMALL_IMAGE = 64;

/** Side of the images that the nets were made for, and their classes. */
export const IMAGENET = { size: 224, classes: 1000 } as const;

/** A plain or residual net of table 1, with all its gains at their initial value. */
export function makeImageNetNet(
  family: Family,
  depth: ImageNetDepth,
  {
    width = PAPER_WIDTH,
    option = defaultShortcutType(family),
    form = 'paper',
  }: Partial<Pick<ImageNetNet, 'width' | 'option' | 'form'>> = {},
): ImageNetNet {
  const net: ImageNetNet = { design: 'imagenet', family, depth, width, option, form, gains: [] };
  const blocks = stageBlocks(net).reduce((sum, count) => sum + count, 0);
  return { ...net, gains: Array<number>(blocks).fill(initialGain(family)) };
}

export function makeVgg(
  depth: VggDepth,
  { width = PAPER_WIDTH, norm = false }: Partial<Pick<VggNet, 'width' | 'norm'>> = {},
): VggNet {
  return { design: 'vgg', family: 'plain', depth, width, norm, gains: [] };
}

export function makeAlexNet({
  width = PAPER_WIDTH,
  form = 'paper',
}: Partial<Pick<AlexNet, 'width' | 'form'>> = {}): AlexNet {
  return { design: 'alexnet', family: 'plain', depth: 8, width, form, gains: [] };
}

export function makeGoogLeNet({
  width = PAPER_WIDTH,
  form = 'paper',
}: Partial<Pick<GoogLeNet, 'width' | 'form'>> = {}): GoogLeNet {
  return { design: 'googlenet', family: 'plain', depth: 22, width, form, gains: [] };
}

/** The nets that the paper compares, from the shallowest to the deepest, as their papers have them. */
export const FAMILY_NETS = [
  makeAlexNet(),
  makeVgg(16),
  makeVgg(19),
  makeGoogLeNet(),
  makeImageNetNet('plain', 18),
  makeImageNetNet('plain', 34),
  ...IMAGENET_DEPTHS.map((depth) => makeImageNetNet('residual', depth)),
] as const;
