import {
  type AlexNet,
  defaultShortcutType,
  type GoogLeNet,
  type ImageNetDepth,
  type ImageNetNet,
  initialGain,
  type NetKind,
  stageBlocks,
  type VggDepth,
  type VggNet,
} from './net.ts';

/** The width of all these nets in their papers: 64 filters in the first layer (of AlexNet, as PyTorch has it). */
export const PAPER_WIDTH = 64;

/** Images with a side below this many pixels get a stem that neither strides nor pools. */
export const SMALL_IMAGE = 64;

/** Image side in pixels and number of classes of ImageNet. */
export const IMAGENET = { size: 224, classes: 1000 } as const;

/** A plain or residual net of table 1, with all its gains at their initial value. */
export function makeImageNetNet(
  family: NetKind,
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

/** A VGG net (Simonyan and Zisserman 2014), without batch normalisation by default. */
export function makeVgg(
  depth: VggDepth,
  { width = PAPER_WIDTH, norm = false }: Partial<Pick<VggNet, 'width' | 'norm'>> = {},
): VggNet {
  return { design: 'vgg', family: 'plain', depth, width, norm, gains: [] };
}

/** AlexNet (Krizhevsky et al. 2012), or torchvision's version of it. */
export function makeAlexNet({
  width = PAPER_WIDTH,
  form = 'paper',
}: Partial<Pick<AlexNet, 'width' | 'form'>> = {}): AlexNet {
  return { design: 'alexnet', family: 'plain', depth: 8, width, form, gains: [] };
}

/** GoogLeNet (Szegedy et al. 2014), or torchvision's version of it. */
export function makeGoogLeNet({
  width = PAPER_WIDTH,
  form = 'paper',
}: Partial<Pick<GoogLeNet, 'width' | 'form'>> = {}): GoogLeNet {
  return { design: 'googlenet', family: 'plain', depth: 22, width, form, gains: [] };
}
